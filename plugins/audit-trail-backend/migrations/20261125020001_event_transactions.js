/**
 * On PostgreSQL an event knows the transaction that stored it, so that an export
 * leaves out what was committed after it began. SQLite has one writer at a time,
 * and numbers its rows as they come.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  // Events that are there already have none, and no row is written anew.
  await knex.raw('alter table audit_events add column stored_by xid8');
  await knex.raw(
    'alter table audit_events alter column stored_by set default pg_current_xact_id()',
  );
  await knex.raw(
    `comment on column audit_events.stored_by is 'Transaction that stored it, as a snapshot knows it; of use for some minutes'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') {
    await knex.raw('alter table audit_events drop column stored_by');
  }
};

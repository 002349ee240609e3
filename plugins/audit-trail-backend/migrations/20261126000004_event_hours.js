/** Gives the mark of merged counts another name, which no counts have yet. */
async function replaceMark(knex, before, after) {
  await knex.raw(`drop index audit_event_counts_un${before}_idx`);
  await knex.raw(`alter table audit_event_counts drop column ${before}`);
  await knex.raw(
    `alter table audit_event_counts add column ${after} boolean not null default false`,
  );
  await knex.raw(
    `create index audit_event_counts_un${after}_idx on audit_event_counts (hour) where not ${after}`,
  );
}

/**
 * What the counts of an hour add up to by category, which is what a chart without
 * a filter asks for and a fraction of the rows. It is written when the counts of
 * an hour are merged, and so holds until more are added to that hour.
 *
 * The mark of merged counts has another name from now on: a replica that does not
 * know of these sums yet must not merge any more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_event_hours', table => {
    table.comment(
      'How many events of a category there were in an hour, where all counts of that hour are summed',
    );
    table.integer('hour').notNullable().comment('Hours since 1970, UTC');
    table.text('category').notNullable().comment('As of the events');
    table.boolean('harmful').notNullable().comment('As of the events');
    table.integer('events').notNullable().comment('How many');
    table.index(['hour'], 'audit_event_hours_hour_idx');
  });
  await replaceMark(knex, 'merged', 'summed');
  // For the few kinds that a filter leaves of a category.
  await knex.raw(
    'create index audit_event_counts_kind_idx on audit_event_counts (kind_id, hour)',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index audit_event_counts_kind_idx');
  await replaceMark(knex, 'summed', 'merged');
  await knex.schema.dropTable('audit_event_hours');
};

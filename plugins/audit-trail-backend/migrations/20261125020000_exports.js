/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_exports', table => {
    table.comment('Exports of the last days: what their files have to be');
    table.uuid('id').primary().comment('Id, which the answer names as well');
    table.text('user_ref').notNullable().comment('Who exported');
    table.text('format').notNullable().comment('csv, ndjson, json');
    table.text('compress').comment('gzip, if the file is compressed');
    table.text('choice').notNullable().comment('What was chosen, JSON');
    table
      .timestamp('started_at', { precision: 3 })
      .notNullable()
      .comment('When it began');
    table
      .timestamp('seen_at', { precision: 3 })
      .notNullable()
      .comment('When it was last known to run');
    table
      .timestamp('ended_at', { precision: 3 })
      .comment('When it ended, if it has');
    table.text('status').notNullable().comment('running, complete, failed');
    table.bigInteger('rows').notNullable().comment('Events in the file so far');
    table.bigInteger('bytes').notNullable().comment('Bytes of it so far');
    table.text('sha256').comment('SHA-256 of the whole file, hexadecimal');
    table.text('reason').comment('Why it failed');
    table.index(['started_at'], 'audit_exports_started_idx');
    table.index(['status', 'seen_at'], 'audit_exports_status_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_exports');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_event_aliases', table => {
    table.comment('What a further intake told of an event that was there');
    table
      .uuid('id')
      .primary()
      .comment('The id that an event of its own would have had');
    table
      .uuid('event_id')
      .notNullable()
      .references('id')
      .inTable('audit_events')
      .onDelete('CASCADE')
      .comment('The event that it is');
    table.text('intake').notNullable().comment('Intake');
    table
      .timestamp('recorded_at', { precision: 3 })
      .notNullable()
      .comment('When it came in');
    table.index(['event_id'], 'audit_event_aliases_event_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_event_aliases');
};

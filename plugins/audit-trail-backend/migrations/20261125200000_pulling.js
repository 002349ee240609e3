/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_intake_states', table => {
    table.comment('How reading goes, for each source that is asked');
    table.text('intake').notNullable().comment('Intake');
    table
      .text('target')
      .notNullable()
      .comment('What is read, by its name in app-config');
    table.text('workspace').comment('Id of that workspace, once it is known');
    table
      .timestamp('started_at', { precision: 3 })
      .notNullable()
      .comment('When it was asked for the first time');
    table
      .timestamp('succeeded_at', { precision: 3 })
      .comment('When a run last ended without a failure');
    table
      .timestamp('rechecked_at', { precision: 3 })
      .comment('When the last days were last read once more');
    table
      .timestamp('actors_read_at', { precision: 3 })
      .comment('When it was last read who acts there');
    table
      .integer('failures')
      .notNullable()
      .comment('Runs that failed since the last that did not');
    table
      .timestamp('failing_since', { precision: 3 })
      .comment('The first of these');
    table.text('reason').comment('Kind of the last failure');
    table.text('error').comment('What it says');
    table
      .timestamp('not_before', { precision: 3 })
      .comment('Before this it is not asked again');
    table.primary(['intake', 'target']);
  });

  await knex.schema.createTable('audit_coverage', table => {
    table.comment('Spans of time that were read completely, or could not be');
    table.text('intake').notNullable().comment('Intake');
    table.text('target').notNullable().comment('What is read');
    table
      .timestamp('begins_at', { precision: 3 })
      .notNullable()
      .comment('First moment of the span');
    table
      .timestamp('ends_at', { precision: 3 })
      .notNullable()
      .comment('End of the span, where the next may begin');
    table.text('state').notNullable().comment('complete or gap');
    table.text('reason').comment('Why it is a gap');
    table.primary(['intake', 'target', 'begins_at']);
  });

  await knex.schema.createTable('audit_actors', table => {
    table.comment('Who acts in a source; kept when the source forgets them');
    table.text('source').notNullable().comment('Source');
    table.text('actor_id').notNullable().comment("Actor's id in the source");
    table.text('name').comment("Actor's name");
    table.text('email').comment("Actor's e-mail address");
    table
      .timestamp('seen_at', { precision: 3 })
      .notNullable()
      .comment('When the source told of them last');
    table.primary(['source', 'actor_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_actors');
  await knex.schema.dropTable('audit_coverage');
  await knex.schema.dropTable('audit_intake_states');
};

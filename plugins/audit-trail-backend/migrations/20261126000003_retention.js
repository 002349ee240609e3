/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_prune_runs', table => {
    table.comment(
      'The prune that is under way, and the one that went furthest',
    );
    table.text('id').primary().comment('Becomes part of the id of its event');
    table
      .timestamp('started_at', { precision: 3 })
      .notNullable()
      .comment('When it began');
    table.uuid('before').notNullable().comment('Events before this id go');
    table.uuid('after').comment('How far it has come');
    table.bigInteger('removed').notNullable().comment('Events so far');
    table
      .bigInteger('held')
      .notNullable()
      .comment('Events that stay until they are delivered');
    table
      .boolean('finished')
      .notNullable()
      .comment('Whether it has come to its end, and is to be recorded');
    table
      .boolean('recorded')
      .notNullable()
      .comment('Whether the trail has its event');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_prune_runs');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_saved_views', table => {
    table.comment('Queries that people keep under a name');
    table.uuid('id').primary().comment('Id of the view');
    table
      .text('owner_ref')
      .notNullable()
      .comment('The user whose own it is; empty if it is shared');
    table.text('name').notNullable().comment('Name for people');
    table
      .text('name_key')
      .notNullable()
      .comment('The name in one spelling: nobody has two of the same');
    table.text('query').notNullable().comment("The page's query parameters");
    table.integer('version').notNullable().comment('Counts its changes');
    table.text('created_by').notNullable().comment('User who made it');
    table
      .timestamp('created_at', { precision: 3 })
      .notNullable()
      .comment('When it was made');
    table.text('updated_by').notNullable().comment('User who changed it last');
    table
      .timestamp('updated_at', { precision: 3 })
      .notNullable()
      .comment('When it was changed last');
    table.unique(['owner_ref', 'name_key'], {
      indexName: 'audit_saved_views_name_idx',
    });
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_saved_views');
};

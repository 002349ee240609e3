/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_activities', table => {
    table.comment('Activities that plugins and services have described');
    table.text('id').primary().comment('Stable id, the type of its events');
    table
      .text('source')
      .notNullable()
      .comment('Who described it and may describe it anew');
    table.text('label').notNullable().comment('Its name for people');
    table.text('category').notNullable().comment('Area it belongs to');
    table
      .text('category_label')
      .comment('Name of the area, if it is none of the catalogue');
    table.text('verb').notNullable().comment('What is done');
    table
      .boolean('harmful')
      .notNullable()
      .comment('Whether it takes something away');
    table.index(['source'], 'audit_activities_source_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_activities');
};

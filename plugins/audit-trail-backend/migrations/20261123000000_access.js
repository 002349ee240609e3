/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_group_ancestors', table => {
    table.comment('Groups above each group, kept true from the catalog');
    table.text('group_ref').notNullable().comment('Group');
    table
      .text('ancestor_ref')
      .notNullable()
      .comment('A group above it, at any distance');
    table.primary(['group_ref', 'ancestor_ref']);
    table.index(['ancestor_ref'], 'audit_group_ancestors_ancestor_idx');
  });

  await knex.schema.createTable('audit_views', table => {
    table.comment('Who looked at what a short while ago, to record it once');
    table.text('key').primary().comment('Hash of who looked and at what');
    table.text('user_ref').notNullable().comment('Who looked');
    table
      .timestamp('viewed_at', { precision: 3 })
      .notNullable()
      .comment('When the look began');
    table
      .boolean('recorded')
      .notNullable()
      .comment('Whether the trail has the event');
    table.index(['user_ref', 'viewed_at'], 'audit_views_user_idx');
    table.index(['viewed_at'], 'audit_views_time_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_views');
  await knex.schema.dropTable('audit_group_ancestors');
};

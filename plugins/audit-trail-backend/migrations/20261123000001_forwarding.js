/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('audit_destinations', table => {
    table.comment('What Owners have set of the destinations in app-config');
    table.text('id').primary().comment('Key of the destination in app-config');
    table.boolean('enabled').notNullable().comment('Whether events go there');
    table.boolean('paused').notNullable().comment('Whether events wait');
    table.boolean('gone').notNullable().comment('Whether it wants no more');
    table.text('filter').notNullable().comment('Which events go there, JSON');
    table
      .integer('hold_failures_minutes')
      .notNullable()
      .comment('How long a failed run is kept back, in case one succeeds');
    table
      .timestamp('backfill_from', { precision: 3 })
      .comment('Since when earlier events are being queued');
    table.uuid('backfill_after').comment('Event up to which they are queued');
  });

  await knex.schema.createTable('audit_destination_status', table => {
    table.comment('Who delivers to each destination now, and how that goes');
    table.text('destination_id').primary().comment('Destination');
    table.text('holder').comment('The worker that may deliver');
    table
      .bigInteger('fence')
      .notNullable()
      .comment('Counts the holders; what an earlier one says is void');
    table
      .timestamp('held_until', { precision: 3 })
      .comment('When another may take over');
    table
      .timestamp('next_call_at', { precision: 3 })
      .comment('Before this no call is made');
    table
      .integer('failures')
      .notNullable()
      .comment('Calls that failed since the last that succeeded');
    table
      .timestamp('failing_since', { precision: 3 })
      .comment('The first of these');
    table
      .boolean('alarmed')
      .notNullable()
      .comment('Whether the Owners have been told');
    table.timestamp('last_success_at', { precision: 3 }).comment('Last call');
    table.timestamp('last_failure_at', { precision: 3 }).comment('Last call');
    table.text('last_error').comment('Why the last call failed');
  });

  await knex.schema.createTable('audit_destination_hours', table => {
    table.comment('What each destination took, by the hour');
    table.text('destination_id').notNullable().comment('Destination');
    table
      .timestamp('hour', { precision: 3 })
      .notNullable()
      .comment('Beginning of the hour');
    table.integer('delivered').notNullable().comment('Events');
    table.integer('failed').notNullable().comment('Calls that failed');
    table.primary(['destination_id', 'hour']);
  });

  await knex.schema.createTable('audit_deliveries', table => {
    table.comment('Each event on its way to each destination');
    table.text('destination_id').notNullable().comment('Destination');
    table
      .uuid('event_id')
      .notNullable()
      .references('id')
      .inTable('audit_events')
      .onDelete('CASCADE')
      .comment('Event');
    table
      .text('state')
      .notNullable()
      .comment('pending, delivered, dead or skipped');
    table
      .timestamp('queued_at', { precision: 3 })
      .notNullable()
      .comment('When it was queued');
    table
      .timestamp('at', { precision: 3 })
      .notNullable()
      .comment('When it came into its state, or is tried at the earliest');
    table.integer('attempts').notNullable().comment('Calls that failed');
    table
      .timestamp('failing_since', { precision: 3 })
      .comment('The first of these');
    table.text('error').comment('Why the last one failed');
    // Also what finds all deliveries of an event: each index is written twice for
    // each delivery.
    table.primary(['event_id', 'destination_id']);
  });
  // Of deliveries nearly all are done with: what is open stays small. Conditions are
  // expressions of which PostgreSQL has no statistics, as those would be of before;
  // only what asks for the same expression finds the index.
  for (const state of ['pending', 'dead']) {
    await knex.raw(
      `create index audit_deliveries_${state}_idx on audit_deliveries (destination_id, event_id) where state || '' = '${state}'`,
    );
  }
  // What became due lately is found without what was delivered before: as long as
  // somebody's transaction is open PostgreSQL keeps that in each index.
  await knex.raw(
    `create index audit_deliveries_due_idx on audit_deliveries (destination_id, at) where '' || state = 'pending'`,
  );
  if (isPostgres) {
    // Rows change twice and are read in between: leave room, and tidy often.
    await knex.raw(
      'alter table audit_deliveries set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_deliveries');
  await knex.schema.dropTable('audit_destination_hours');
  await knex.schema.dropTable('audit_destination_status');
  await knex.schema.dropTable('audit_destinations');
};

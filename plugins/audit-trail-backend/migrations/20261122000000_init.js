/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('audit_events', table => {
    table.comment('The trail: one row a fact, never changed');
    table
      .uuid('id')
      .primary()
      .comment(
        'UUIDv7: the time it happened and a hash of source and source event id',
      );
    table
      .timestamp('occurred_at', { precision: 3 })
      .notNullable()
      .comment('When it happened; the time in the id, for people');
    table
      .timestamp('recorded_at', { precision: 3 })
      .notNullable()
      .comment('When it was stored');
    table.text('type').notNullable().comment('Stable id of the activity');
    table
      .text('original_type')
      .notNullable()
      .comment("The activity in its source's spelling");
    table
      .text('label')
      .comment('The activity for people, where the catalogue does not say it');
    table.text('category').notNullable().comment('Area of the activity');
    table.text('verb').notNullable().comment('What was done');
    table
      .boolean('harmful')
      .notNullable()
      .comment('Whether it takes something away');
    table.text('outcome').notNullable().comment('initiated, succeeded, failed');
    table.text('workspace').notNullable().comment('Segment workspace id');
    table.text('source').notNullable().comment('The system that reported it');
    table.text('intakes').notNullable().comment('Ways it came in by, JSON');
    table.text('actor_type').notNullable().comment('Kind of actor');
    table.text('actor_id').notNullable().comment("Actor's id in the source");
    table.text('actor_name').comment("Actor's name");
    table.text('actor_email').comment("Actor's e-mail address");
    table.text('actor_entity_ref').comment("Actor's entity in the catalog");
    table
      .text('resource_key')
      .notNullable()
      .comment('Key of what it was about');
    table.text('resource_name').comment('Its name at that time');
    table
      .text('resources')
      .notNullable()
      .comment('Keys of all that it belongs to, JSON');
    table.text('changes').comment('Values before and after, JSON');
    table.text('severity').comment('low, medium, high, critical');
    table.text('correlation_id').comment('Joins the events of one request');
    table.text('details').notNullable().comment('All else, JSON');
    table
      .text('search_text')
      .notNullable()
      .comment('Words the text search knows, in lower case, by single spaces');
    if (isPostgres) {
      // An export leaves out what was committed after it began. SQLite has one
      // writer at a time, and numbers its rows as they come.
      table
        .specificType('stored_by', 'xid8')
        .defaultTo(knex.raw('pg_current_xact_id()'))
        .comment(
          'Transaction that stored it, as a snapshot knows it; of use for some minutes',
        );
    }

    // A page of any one filter is one scan of one index in the order of ids.
    for (const column of [
      'type',
      'category',
      'actor_id',
      'actor_type',
      'workspace',
      'source',
    ]) {
      table.index([column, 'id'], `audit_events_${column}_idx`);
    }
  });
  // Nearly all events succeed and most are harmless: only the others need help.
  await knex.raw(
    `create index audit_events_outcome_idx on audit_events (outcome, id) where outcome <> 'succeeded'`,
  );
  await knex.raw(
    `create index audit_events_harmful_idx on audit_events (id) where harmful`,
  );
  if (isPostgres) {
    // New words are gathered until so many kB are to be taken in at once, by
    // whoever stores an event then. PostgreSQL's own 4,096 kB stop all for a second.
    await knex.raw(
      `create index audit_events_search_idx on audit_events using gin (array_to_tsvector(string_to_array(search_text, ' '))) with (gin_pending_list_limit = 256)`,
    );
  }

  await knex.schema.createTable('audit_event_resources', table => {
    table.comment('What each event belongs to');
    table.text('resource_key').notNullable().comment('Resource key');
    table
      .uuid('event_id')
      .notNullable()
      .references('id')
      .inTable('audit_events')
      .onDelete('CASCADE')
      .comment('Event');
    table.primary(['resource_key', 'event_id']);
    table.index(['event_id'], 'audit_event_resources_event_idx');
  });

  await knex.schema.createTable('audit_resource_owners', table => {
    table.comment('Who owns which resource, kept true from the catalog');
    table.text('resource_key').notNullable().comment('Resource key');
    table
      .text('entity_ref')
      .notNullable()
      .comment('Entity that stands for the resource');
    table
      .text('owner_ref')
      .notNullable()
      .comment('User or group that owns the entity; empty if no one does');
    table.primary(['owner_ref', 'resource_key', 'entity_ref']);
    table.index(['resource_key'], 'audit_resource_owners_key_idx');
    table.index(['entity_ref'], 'audit_resource_owners_entity_idx');
  });

  await knex.schema.createTable('audit_settings', table => {
    table.comment('What all replicas of the backend share');
    table.text('name').primary().comment('Name of the setting');
    table.text('value').notNullable().comment('Its value');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_settings');
  await knex.schema.dropTable('audit_resource_owners');
  await knex.schema.dropTable('audit_event_resources');
  await knex.schema.dropTable('audit_events');
};

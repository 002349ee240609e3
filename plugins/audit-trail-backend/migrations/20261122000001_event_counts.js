/** What events are counted by. */
const KIND = ['type', 'category', 'harmful', 'workspace', 'source', 'outcome'];

const QUARTERS = [0, 1, 2, 3];

const QUARTER_COLUMNS = QUARTERS.map(quarter => `quarter_${quarter}`).join(
  ', ',
);

const list = table => KIND.map(column => `${table}.${column}`).join(', ');
const sameKind = (one, other) =>
  KIND.map(column => `${one}.${column} = ${other}.${column}`).join(' and ');

/** Adds what some events weigh to the counts: 1 for each that comes, -1 for each that goes. */
const addCounts = events => `
  insert into audit_event_counts (hour, kind_id, ${QUARTER_COLUMNS})
  select sums.hour, kinds.id, ${QUARTER_COLUMNS}
  from (
    select hour, ${KIND.join(', ')}, ${QUARTERS.map(
  quarter =>
    `sum(case quarter when ${quarter} then weight else 0 end) as quarter_${quarter}`,
).join(', ')}
    from (
      select
        floor(extract(epoch from events.occurred_at) / 3600) as hour,
        mod(floor(extract(epoch from events.occurred_at) / 900), 4) as quarter,
        ${list('events')},
        events.weight
      from (${events}) as events
    ) as weighed
    group by hour, ${KIND.join(', ')}
  ) as sums
  join lateral (
    select min(id) as id from audit_event_kinds as kinds
    where ${sameKind('kinds', 'sums')}
  ) as kinds on true
  where ${QUARTERS.map(quarter => `sums.quarter_${quarter} <> 0`).join(
    ' or ',
  )}`;

async function countOnPostgres(knex) {
  const missingKinds = events => `
    insert into audit_event_kinds (${KIND.join(', ')})
    select distinct ${list('events')} from ${events} as events
    where not exists (select 1 from audit_event_kinds as kinds where ${sameKind(
      'kinds',
      'events',
    )})`;
  const added = 'select *, 1 as weight from added';
  const removed = 'select *, -1 as weight from removed';

  await knex.raw(`
    create function audit_events_count() returns trigger
    language plpgsql set search_path from current as $$
    begin
      if tg_op = 'INSERT' then
        ${missingKinds('added')};
        ${addCounts(added)};
      elsif tg_op = 'DELETE' then
        ${addCounts(removed)};
      else
        ${missingKinds('added')};
        ${addCounts(`${added} union all ${removed}`)};
      end if;
      return null;
    end $$`);
  for (const [operation, tables] of [
    ['insert', 'new table as added'],
    ['delete', 'old table as removed'],
    ['update', 'old table as removed new table as added'],
  ]) {
    await knex.raw(`
      create trigger audit_events_count_${operation} after ${operation} on audit_events
      referencing ${tables} for each statement execute function audit_events_count()`);
  }
}

async function countOnSqlite(knex) {
  const missingKind = `
    insert into audit_event_kinds (${KIND.join(', ')})
    select ${list('new')} where not exists (
      select 1 from audit_event_kinds as kinds where ${sameKind('kinds', 'new')}
    );`;
  const count = (row, weight) => `
    insert into audit_event_counts (hour, kind_id, ${QUARTER_COLUMNS})
    select ${row}.occurred_at / 3600000, kinds.id, ${QUARTERS.map(
    quarter =>
      `case ${row}.occurred_at / 900000 % 4 when ${quarter} then ${weight} else 0 end`,
  ).join(', ')}
    from audit_event_kinds as kinds where ${sameKind('kinds', row)};`;
  for (const [operation, actions] of [
    ['insert', [missingKind, count('new', 1)]],
    ['delete', [count('old', -1)]],
    ['update', [missingKind, count('old', -1), count('new', 1)]],
  ]) {
    await knex.raw(
      `create trigger audit_events_count_${operation} after ${operation} on audit_events
       begin ${actions.join('')} end`,
    );
  }
}

/**
 * Counts of events, which triggers keep: whoever adds or removes events, and
 * in whatever way, adds or removes them here in the same transaction. The table
 * of events was made just before this: there are none yet to be counted.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_event_kinds', table => {
    table.comment('All that events are counted by');
    table.increments('id').comment('Number of the kind');
    table.text('type').notNullable().comment('As of the events');
    table.text('category').notNullable().comment('As of the events');
    table.boolean('harmful').notNullable().comment('As of the events');
    table.text('workspace').notNullable().comment('As of the events');
    table.text('source').notNullable().comment('As of the events');
    table.text('outcome').notNullable().comment('As of the events');
    // Not unique: who stores the first event of a kind would have to wait for
    // others who do, until these commit. So a kind may have two numbers, and
    // then its counts are the sum of both.
    table.index(KIND, 'audit_event_kinds_idx');
  });
  await knex.schema.createTable('audit_event_counts', table => {
    table.comment(
      'How many events of a kind there were when: the sum of its rows. Writers only add rows, so that none waits for another',
    );
    table.integer('hour').notNullable().comment('Hours since 1970, UTC');
    table.integer('kind_id').notNullable().comment('Kind of the events');
    for (const quarter of QUARTERS) {
      table
        .integer(`quarter_${quarter}`)
        .notNullable()
        .comment(
          `Events of this quarter of the hour, as days begin at a quarter somewhere; below 0, how many went`,
        );
    }
    table
      .boolean('merged')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it is the sum of all rows there were');
    table.index(['hour'], 'audit_event_counts_hour_idx');
  });
  await knex.raw(
    'create index audit_event_counts_unmerged_idx on audit_event_counts (hour) where not merged',
  );
  if (knex.client.config.client === 'pg') {
    await countOnPostgres(knex);
  } else {
    await countOnSqlite(knex);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const operation of ['insert', 'delete', 'update']) {
    const trigger = `audit_events_count_${operation}`;
    await knex.raw(
      knex.client.config.client === 'pg'
        ? `drop trigger ${trigger} on audit_events`
        : `drop trigger ${trigger}`,
    );
  }
  if (knex.client.config.client === 'pg') {
    await knex.raw('drop function audit_events_count()');
  }
  await knex.schema.dropTable('audit_event_counts');
  await knex.schema.dropTable('audit_event_kinds');
};

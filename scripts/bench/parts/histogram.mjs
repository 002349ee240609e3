import { alternate } from '../measure.mjs';
import { formatCount, timesTable } from '../report.mjs';

const DAY_MS = 24 * 60 * 60_000;

/** What the chart shows, as PostgreSQL itself finds it in the events. */
const BY_SCAN = `
  select floor(extract(epoch from occurred_at) / 86400), category, harmful, count(*)
  from audit_events group by 1, 2, 3`;

/** Inserts 1,000 events of one moment, and leaves nothing. */
async function insertEvents(pg, counted) {
  await pg.query('begin');
  try {
    if (!counted) {
      // No trigger of ours runs then.
      await pg.query('set local session_replication_role = replica');
    }
    await pg.query(`
      insert into audit_events
      select (jsonb_populate_record(event, jsonb_build_object(
        'id', overlay((event).id::text placing lpad(to_hex(number), 6, '0') from 31)
      ))).*
      from
        (select audit_events as event from audit_events order by id desc limit 1) as newest,
        generate_series(1, 1000) as number
      on conflict do nothing`);
  } finally {
    await pg.query('rollback');
  }
}

/** The chart above the table, against the table's first page and a scan. */
export async function measureHistogram(stage) {
  const { large, small, options, firstPage } = stage;
  const { pg } = large;
  const { from } = firstPage;
  // The backend does so every minute.
  await pg.query('vacuum analyze audit_event_counts');
  const lastDay = new Date(Date.now() - DAY_MS).toISOString();
  const newest = await large.owner.get('/events', { limit: '1' });
  const [{ actor }] = newest.items;
  const ask = (client, params) => () =>
    client.get('/events/histogram', { timeZone: 'Europe/Berlin', ...params });
  const times = await alternate(
    {
      "an Owner's first page": () => large.owner.get('/events', firstPage),
      'histogram of 90 days': ask(large.owner, { from }),
      [`the same of ${formatCount(small.events)} events`]: ask(small.owner, {
        from,
      }),
      'of 90 days of Kathmandu': ask(large.owner, {
        from,
        timeZone: 'Asia/Kathmandu',
      }),
      'of the last day': ask(large.owner, { from: lastDay }),
      'of 90 days, harmful': ask(large.owner, { from, harmful: 'true' }),
      'of 90 days, one actor': ask(large.owner, { from, actor: actor.id }),
      "the engineer's, of 90 days": ask(large.engineer, { from }),
      'for comparison: 90 days by a scan in SQL': () => pg.query(BY_SCAN),
    },
    // A scan of all takes its time.
    { rounds: Math.ceil(options.requests / 5) },
  );
  const inserts = await alternate(
    {
      'inserting 1,000 events, not counted': () => insertEvents(pg, false),
      'inserting 1,000 events': () => insertEvents(pg, true),
    },
    { rounds: Math.ceil(options.requests / 5) },
  );
  const { rows } = await pg.query(
    `select count(*), pg_total_relation_size('audit_event_counts') as bytes
     from audit_event_counts`,
  );
  return {
    title: 'Activity over time',
    tables: [timesTable(times), timesTable(inserts)],
    notes: [
      `Of ${formatCount(large.events)} events; ${formatCount(
        Number(rows[0].count),
      )} rows of counts take ${Math.round(
        Number(rows[0].bytes) / 1_000_000,
      )} MB.`,
    ],
  };
}

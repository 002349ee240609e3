import { readFileSync } from 'node:fs';
import { say } from '../lib/log.mjs';
import { formatCount } from './report.mjs';
import {
  EVENTS_PER_SELDOM_WORD,
  RARE_EVENTS,
  RARE_WORD,
  SELDOM_WORD,
  WORKSPACE_ID,
} from './workspace.mjs';

const INSERT_EVENTS = readFileSync(
  new URL('./events.sql', import.meta.url),
  'utf8',
);

const EVENTS_PER_STATEMENT = 20_000;
const MINUTE_MS = 60_000;
export const DAYS = 90;

/** Days of the trail that a page shows, as the page itself asks for them. */
export function startOfTrail(now = new Date()) {
  const start = new Date(now);
  start.setUTCDate(start.getUTCDate() - DAYS);
  start.setUTCHours(0, 0, 0, 0);
  return start;
}

async function createTable(pg, name, columns, rows) {
  const numbered = rows.map((row, n) => ({ n, ...row }));
  await pg.query(
    `create temporary table ${name} as
     select * from jsonb_to_recordset($1::jsonb) as given (${columns})`,
    [JSON.stringify(numbered)],
  );
  await pg.query(`analyze ${name}`);
}

async function createWorkspaceTables(pg, { workspace, activities }) {
  await createTable(
    pg,
    'bench_activities',
    'n int, type text, label text, original_type text, category text, verb text, harmful boolean, kind text, part text',
    activities.map(({ originalType, ...activity }) => ({
      ...activity,
      original_type: originalType,
    })),
  );
  await createTable(
    pg,
    'bench_actors',
    'n int, type text, id text, name text, email text',
    workspace.actors,
  );
  await createTable(
    pg,
    'bench_sentences',
    'n int, text text',
    workspace.sentences.map(text => ({ text })),
  );
  await createTable(
    pg,
    'bench_resources',
    'kind text, n int, key text, id text, name text',
    workspace.resources.map(resource => ({
      ...resource,
      key: `segment:${resource.kind}:${resource.id}`,
    })),
  );
  await pg.query(
    'create temporary table bench_kinds as select kind, count(*) from bench_resources group by kind',
  );
}

/**
 * Fills a trail with events of the last 90 days, in the order in which they
 * happened, into the plugin's own tables and indexes.
 */
export async function loadEvents(pg, { workspace, activities, events }) {
  const start = startOfTrail().getTime() + MINUTE_MS;
  const span = Date.now() - MINUTE_MS - start;
  await createWorkspaceTables(pg, { workspace, activities });
  // The same events in each run, but for their times.
  await pg.query('select setseed(0.5)');
  for (let first = 1; first <= events; first += EVENTS_PER_STATEMENT) {
    const last = Math.min(first + EVENTS_PER_STATEMENT - 1, events);
    await pg.query(INSERT_EVENTS, [
      ...[first, last, events, start, span],
      ...[Math.floor(events / RARE_EVENTS), RARE_WORD, WORKSPACE_ID],
      ...[EVENTS_PER_SELDOM_WORD, SELDOM_WORD],
    ]);
    if (last % (10 * EVENTS_PER_STATEMENT) === 0 || last === events) {
      say(`Loaded ${formatCount(last)} of ${formatCount(events)} events`);
    }
  }
}

/** What autovacuum would have done to a trail that grew over 90 days. */
export async function tidy(pg) {
  await pg.query('vacuum analyze');
  await pg.query('checkpoint');
}

import { randomBytes } from 'node:crypto';
import { inParallel, summarise, timed } from '../measure.mjs';
import {
  formatCount,
  formatMs,
  formatRate,
  formatRatio,
  table,
} from '../report.mjs';
import { ingestBatch } from '../ingestBatch.mjs';

const ROUNDS = 4;
const BATCHES = 20;
const EVENTS_PER_BATCH = 1_000;
const CALLERS = 4;

const median = values => summarise(values).median;

/** The same row as another event: the random end of its id is another. */
function asAnother(row) {
  const id = row.id.slice(0, 24) + randomBytes(6).toString('hex');
  return { ...row, id };
}

function insertStatement(tableName, rows) {
  const columns = Object.keys(rows[0]);
  const places = rows.map(
    (_, row) =>
      `(${columns.map((__, at) => `$${row * columns.length + at + 1}`)})`,
  );
  return {
    text: `insert into ${tableName} (${columns}) values ${places}`,
    values: rows.flatMap(row => columns.map(column => row[column])),
  };
}

/** What the store would write of some stored events, with other ids. */
async function rowsLike(pg, ids) {
  const { rows } = await pg.query(
    'select * from audit_events where id = any($1) order by id',
    [ids],
  );
  const events = rows.map(asAnother);
  const resources = events.flatMap(event =>
    JSON.parse(event.resources).map(resource_key => ({
      resource_key,
      event_id: event.id,
    })),
  );
  return { events, resources };
}

async function insertRaw(pg, { events, resources }) {
  await pg.query('begin');
  await pg.query(insertStatement('audit_events', events));
  await pg.query(insertStatement('audit_event_resources', resources));
  await pg.query('commit');
}

/** Recording over HTTP against plain INSERTs of the same rows. */
export async function measureIngest({ large, workspace, activities, connect }) {
  const connections = [];
  while (connections.length < CALLERS) {
    connections.push(await connect());
  }
  const rates = { http: [], raw: [] };
  const latencies = [];
  let bytes = 0;
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const bodies = Array.from({ length: BATCHES }, () =>
      ingestBatch({ workspace, activities, size: EVENTS_PER_BATCH }),
    );
    bytes = bodies[0].length / EVENTS_PER_BATCH;
    const stored = [];
    const http = await timed(() =>
      inParallel(bodies, CALLERS, async body => {
        const latency = await timed(async () => {
          const { accepted, ids } = await large.service.post('/events', body);
          if (accepted !== EVENTS_PER_BATCH) {
            throw new Error(`${accepted} events of a batch were accepted`);
          }
          stored.push(ids);
        });
        latencies.push(latency);
      }),
    );
    const rows = [];
    for (const ids of stored) {
      rows.push(await rowsLike(large.pg, ids));
    }
    const raw = await timed(() =>
      inParallel(rows, CALLERS, (batch, caller) =>
        insertRaw(connections[caller], batch),
      ),
    );
    if (round > 0) {
      rates.http.push((BATCHES * EVENTS_PER_BATCH) / (http / 1000));
      rates.raw.push((BATCHES * EVENTS_PER_BATCH) / (raw / 1000));
    } else {
      latencies.length = 0;
    }
  }
  const latency = summarise(latencies);
  const ratios = rates.http.map((rate, round) => rate / rates.raw[round]);
  return {
    title: 'Recording, against plain INSERTs of the same rows',
    tables: [
      table(
        ['way', 'rate ÷ first', 'lowest and highest round', 'rate'],
        [
          [
            'INSERT of many rows, the driver pg',
            formatRatio(1),
            '',
            formatRate(median(rates.raw), 'events'),
          ],
          [
            'POST /v1/events',
            formatRatio(median(ratios)),
            `${formatRatio(Math.min(...ratios))} – ${formatRatio(
              Math.max(...ratios),
            )}`,
            formatRate(median(rates.http), 'events'),
          ],
        ],
      ),
    ],
    notes: [
      `${ROUNDS} rounds of each, alternately, each of ${BATCHES} batches of ${formatCount(
        EVENTS_PER_BATCH,
      )} events of ${formatCount(
        bytes,
      )} bytes of JSON, ${CALLERS} at a time, into the same tables of the large trail; every batch is a transaction, of events and their resources. A POST took ${formatMs(
        latency.median,
      )} (median), ${formatMs(latency.p99)} (p99).`,
    ],
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { copyOut } from '../database.mjs';
import { readExport } from '../exportReader.mjs';
import { summarise, timed } from '../measure.mjs';
import {
  formatCount,
  formatMegabytes,
  formatMs,
  formatRate,
  formatRatio,
  table,
} from '../report.mjs';
import { residentMemory } from '../residentMemory.mjs';

const ROUNDS = 2;
/** Between two readers' requests, and between two looks at the memory. */
const PAUSE_MS = 50;

const median = values => summarise(values).median;

/** The columns that the export is made of: all but what serves the search. */
async function copyStatement(pg) {
  const { rows } = await pg.query(
    `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
     from information_schema.columns
     where table_name = 'audit_events' and column_name not in ('occurred_at', 'search_text', 'stored_by')`,
  );
  return `copy (select ${rows[0].columns} from audit_events order by id desc) to stdout (format csv, header)`;
}

/** Does something again and again until it is told to stop. */
function repeat(run) {
  let going = true;
  const done = (async () => {
    while (going) {
      await run();
      await delay(PAUSE_MS);
    }
  })();
  return async () => {
    going = false;
    await done;
  };
}

/** Another reader's requests while something goes on. */
async function readersMeanwhile(owner, firstPage, run) {
  const samples = [];
  const stopReading = repeat(async () => {
    samples.push(await timed(() => owner.get('/events', firstPage)));
  });
  try {
    await run();
  } finally {
    await stopReading();
  }
  return summarise(samples);
}

/** The whole trail as CSV against COPY of the same rows. */
export async function measureExport({ large, firstPage, options }) {
  const { owner, pg, backend } = large;
  const copy = await copyStatement(pg);
  const params = { from: firstPage.from };
  const rates = { copy: [], http: [] };
  const sizes = {};
  const quiet = await readersMeanwhile(owner, firstPage, () =>
    delay(options.requests * 2 * PAUSE_MS),
  );
  // Of a process that is at rest, and has been at work before.
  const memory = { before: residentMemory(backend.pid), peak: 0 };
  const stopLooking = repeat(async () => {
    memory.peak = Math.max(memory.peak, residentMemory(backend.pid) ?? 0);
  });
  for (let round = 0; round < ROUNDS; round++) {
    const copying = await timed(async () => {
      sizes.copy = await copyOut(pg, copy);
    });
    const exporting = await timed(async () => {
      sizes.http = await readExport(owner, params);
    });
    rates.copy.push(sizes.copy.rows / (copying / 1000));
    rates.http.push(sizes.http.rows / (exporting / 1000));
  }
  const busy = await readersMeanwhile(owner, firstPage, () =>
    readExport(owner, params),
  );
  await stopLooking();
  if (sizes.http.rows < sizes.copy.rows) {
    throw new Error(
      `The export has ${sizes.http.rows} of ${sizes.copy.rows} events`,
    );
  }
  return report({ rates, sizes, memory, quiet, busy });
}

function report({ rates, sizes, memory, quiet, busy }) {
  const ratio = median(rates.http.map((rate, at) => rate / rates.copy[at]));
  const known = memory.before !== undefined;
  return {
    title: 'CSV of the whole trail, against COPY',
    tables: [
      table(
        ['way', 'rate ÷ first', 'rate', 'rows', 'size'],
        [
          [
            'COPY (select …) TO STDOUT, the driver pg',
            formatRatio(1),
            formatRate(median(rates.copy), 'rows'),
            formatCount(sizes.copy.rows),
            formatMegabytes(sizes.copy.bytes),
          ],
          [
            'GET /v1/events/export',
            formatRatio(ratio),
            formatRate(median(rates.http), 'rows'),
            formatCount(sizes.http.rows),
            formatMegabytes(sizes.http.bytes),
          ],
        ],
      ),
      table(
        ["an Owner's first page", 'median ÷ first', 'p99 ÷ first', 'p99'],
        [
          ['while nothing else goes on', quiet],
          ['during an export', busy],
        ].map(([name, times]) => [
          name,
          formatRatio(times.median / quiet.median),
          formatRatio(times.p99 / quiet.p99),
          formatMs(times.p99),
        ]),
      ),
    ],
    notes: [
      `${ROUNDS} rounds of each, alternately, then one more export with a reader beside it, who asks again ${PAUSE_MS} ms after each answer. Memory of the backend's process: ${formatMegabytes(
        memory.before,
      )} before, ${formatMegabytes(
        known ? memory.peak : undefined,
      )} at its peak.`,
    ],
  };
}

// Leaves somebody's transaction open while events are recorded and forwarded;
// docs/faults.md says how to read it:
//   npm run test:faults -- --foreign-transaction 600
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DATABASES, connect } from '../../bench/database.mjs';
import { formatCount, formatMs, formatRatio } from '../../bench/report.mjs';
import { SetupError, say } from '../../lib/log.mjs';
import { EVENTS_PER_SECOND, SteadyIntake, latency } from '../SteadyIntake.mjs';
import { printFindings } from '../printFindings.mjs';
import { setStage } from './stage.mjs';

/** Start and end are compared by so long a part of each. */
const PART_SECONDS = 60;
const WARM_UP_SECONDS = 30;
/** Most that events may take longer at the end. */
const MAX_RATIO = 1.2;
/** How long the last events may take to be at the destination. */
const ARRIVAL_MS = 30_000;

/** Begins a transaction that sees the trail as it is, and has an id of its own. */
async function holdTransaction({ postgres }) {
  const client = await connect(postgres.connectionString, DATABASES.large);
  await client.query('begin isolation level repeatable read');
  await client.query('select pg_current_xact_id(), count(*) from audit_events');
  return () => client.end();
}

/**
 * Records and forwards beside a transaction that stays open.
 *
 * @returns {Promise<number>} the exit code
 */
export async function besideTransaction(args) {
  const { values } = parseArgs({
    args,
    options: { 'foreign-transaction': { type: 'string' } },
  });
  const seconds = Number(values['foreign-transaction']);
  if (!(seconds >= 2 * PART_SECONDS)) {
    throw new SetupError(
      `--foreign-transaction: give at least ${2 * PART_SECONDS} seconds`,
    );
  }
  const stage = await setStage();
  let intake;
  let release;
  try {
    const { service, workspace, activities, receiver } = stage;
    intake = new SteadyIntake({ service, workspace, activities });
    say('Warming up');
    await delay(WARM_UP_SECONDS * 1000);
    release = await holdTransaction(stage);
    const begun = performance.now();
    say('The transaction is open');
    await delay(seconds * 1000);
    const end = performance.now();
    await intake.stop();
    const { size } = intake.answered;
    await Promise.race([receiver.arrived(size), delay(ARRIVAL_MS)]);
    const missing = [...intake.answered.keys()].filter(
      id => !receiver.times.has(id),
    ).length;
    const partMs = PART_SECONDS * 1000;
    const first = latency(intake, receiver, [[begun, begun + partMs]]);
    const last = latency(intake, receiver, [[end - partMs, end]]);
    const ratio = last.p99 / first.p99;
    const failures = [
      [intake.failed > 0, `${intake.failed} posts failed`],
      [missing > 0, `${missing} events did not arrive while it was open`],
      [ratio > MAX_RATIO, 'events took longer at its end than they may'],
    ].flatMap(([failed, what]) => (failed ? [what] : []));
    const facts = [
      `${formatCount(
        size,
      )} events at ${EVENTS_PER_SECOND} a second; a transaction was open for ${seconds} seconds, and ${missing} of them did not arrive meanwhile`,
      `From the answer to the destination: median ${formatMs(
        first.median,
      )} and p99 ${formatMs(first.p99)} in its first minute, ${formatMs(
        last.median,
      )} and ${formatMs(last.p99)} in its last (${formatRatio(ratio)})`,
    ];
    return printFindings({
      title: 'A transaction that stays open',
      ...{ facts, failures },
    });
  } finally {
    await intake?.stop();
    await release?.();
    await stage.clear();
  }
}

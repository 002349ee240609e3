import { formatCount, table } from '../bench/report.mjs';
import { checkArrivals, checkCounts, withCauses } from './checkArrivals.mjs';
import { DESTINATIONS } from './destinations.mjs';

/**
 * Most of the events that may come again because of kills, of several processes.
 * One that is alone is at each destination whenever it is killed, so there it is
 * the number of kills that counts.
 */
const MAX_AGAIN_BY_KILLS = 0.01;
/** Batches that may come again for each kill. */
const MAX_BATCHES_A_KILL = 2;

function checkTable(trail, ids) {
  const rows = new Map();
  trail.ids.forEach(id => rows.set(id, (rows.get(id) ?? 0) + 1));
  const acknowledged = new Set(ids);
  return {
    lost: ids.filter(id => !rows.has(id)).length,
    twice: trail.ids.length - rows.size,
    never: [...rows.keys()].filter(id => !acknowledged.has(id)).length,
    acknowledgedTwice: ids.length - acknowledged.size,
  };
}

function checkDestination(name, run) {
  const { alone, calls, killed, ids, batch, trail } = run;
  const judged = withCauses(calls[name], killed);
  const counted = name === 'slack';
  const found = counted ? checkCounts(judged, ids) : checkArrivals(judged, ids);
  const failures = [];
  const fail = (count, what) =>
    count > 0 && failures.push(`${name}: ${formatCount(count)} ${what}`);
  fail(found.missing, 'events never arrived');
  fail(found.unknown, 'events arrived that nobody was told are recorded');
  fail(found.otherMessageIds, 'events arrived twice with different ids');
  fail(
    counted ? found.unexplained : found.again.unexplained,
    'events arrived again though their delivery was acknowledged',
  );
  if (!counted) {
    const most = Math.max(
      (alone ? 1 : MAX_AGAIN_BY_KILLS) * ids.length,
      // Of few events, a batch or two is more than that.
      MAX_BATCHES_A_KILL * batch,
    );
    fail(
      Math.max(0, found.again.kill - most),
      'more came again by kills than may',
    );
    fail(
      Math.max(0, found.batchesOfKills - MAX_BATCHES_A_KILL * killed.size),
      'more batches came again than two a kill',
    );
  }
  fail(trail.deliveries(name, 'dead'), 'deliveries were given up');
  fail(trail.deliveries(name, 'skipped'), 'deliveries were skipped');
  fail(trail.deliveries(name, 'pending'), 'deliveries still wait');
  fail(
    Math.abs(trail.deliveries(name, 'delivered') - ids.length),
    'deliveries more or fewer than events',
  );
  const failed = judged.filter(({ answered }) => !answered).length;
  return {
    failures,
    missing: found.missing,
    row: [
      name,
      formatCount(ids.length - found.missing),
      formatCount(found.missing),
      formatCount(judged.length),
      `${((100 * failed) / judged.length).toFixed(0)} %`,
      ...(counted
        ? ['', '', `${formatCount(found.again)} in all`]
        : [
            `${formatCount(found.again.kill)} (${found.batchesOfKills} calls)`,
            formatCount(found.again.fault),
            formatCount(found.again.unexplained),
          ]),
    ],
  };
}

/** Judges a run; `failures` says in words what went wrong. */
export function judge(run) {
  const { trail, ids, killed, events } = run;
  const rows = checkTable(trail, ids);
  const destinations = DESTINATIONS.map(name => checkDestination(name, run));
  const failures = [
    [events - ids.length, 'events were never acknowledged'],
    [rows.lost, 'acknowledged events are not in the table'],
    [rows.twice, 'rows are there twice'],
    [rows.never, 'rows are there that nobody was told of'],
    [rows.acknowledgedTwice, 'ids were acknowledged for two events'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
  return {
    failures: [...failures, ...destinations.flatMap(one => one.failures)],
    /** Events that are not where they should be. */
    lost: destinations.some(({ missing }) => missing > 0),
    facts: [
      `${formatCount(ids.length)} events acknowledged, ${formatCount(
        trail.ids.length,
      )} rows, ${formatCount(rows.lost)} lost, ${formatCount(
        rows.twice,
      )} twice`,
      `${formatCount(killed.size)} kills`,
    ],
    table: table(
      [
        'destination',
        'arrived',
        'missing',
        'calls',
        'failed',
        'again after a kill',
        'again after a broken answer',
        'again for no reason',
      ],
      destinations.map(({ row }) => row),
    ),
  };
}

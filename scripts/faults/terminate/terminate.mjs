// Asks the backend to end while it does all that it can do at once, as a
// deployment does; docs/faults.md says how to read it:
//   npm run test:faults -- --terminate [--times 5] [--events 20000]
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startWebhookReceiver } from '../../bench/receiver.mjs';
import { formatCount, formatMs } from '../../bench/report.mjs';
import { say } from '../../lib/log.mjs';
import { startPostgres } from '../../lib/postgres.mjs';
import { stopAll } from '../../lib/processes.mjs';
import { setup } from '../../lib/setup.mjs';
import { temporaryDirectory } from '../../lib/temporary.mjs';
import { webhookEnvironment } from '../destinations.mjs';
import { startStage } from '../exports/stage.mjs';
import { printFindings } from '../printFindings.mjs';
import { readTrail } from '../trail.mjs';
import { AuditedCalls, readAudited } from './AuditedCalls.mjs';
import { endOnce } from './endOnce.mjs';
import { exitEnvironment } from './endProcess.mjs';
import { readOptions } from './options.mjs';

/** Events that an export reads; more than lies in the buffers of both ends. */
const FILE_EVENTS = 30_000;
/** How long it may take until all that waits is where it belongs. */
const SETTLE_MS = 3 * 60_000;
const PAUSE_MS = 500;

/** Starts a receiver that takes what comes, and never answers. */
async function startHangingReceiver() {
  let calls = 0;
  const server = createServer(request => {
    calls++;
    request.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    calls: () => calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Looks at pages of the trail while there is one, until it is told to stop. */
async function readPages(stage, isThere, isOver) {
  let pages = 0;
  while (!isOver()) {
    try {
      if (isThere()) {
        await stage.owner.get('/events', { limit: '50' });
        pages++;
        continue;
      }
    } catch {
      // It ends.
    }
    await delay(50);
  }
  return pages;
}

/** What of the audited calls is not in the trail as it should be. */
async function judgeAudited(postgres, answered) {
  const trail = await readAudited(postgres);
  const numbers = [...answered];
  return {
    lost: numbers.filter(number => !trail.has(number)).length,
    unfinished: numbers.filter(number => trail.get(number)?.[0] === 'initiated')
      .length,
    twice: [...trail.values()].filter(all => all.length > 1).length,
  };
}

/** Asks until there is nothing left to wait for, or for too long. */
async function settle(ask, left) {
  const end = Date.now() + SETTLE_MS;
  for (;;) {
    const found = await ask();
    if (left(found) === 0 || Date.now() > end) {
      return found;
    }
    await delay(PAUSE_MS);
  }
}

async function endAgainAndAgain(run, times) {
  const { stage, receiver } = run;
  let url = stage.backend.url;
  // Whoever records and reads is to end with the run, however that ends.
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const audited = new AuditedCalls(() => url);
  const pages = readPages(
    stage,
    () => url,
    () => over.signal.aborted,
  );
  const found = [];
  try {
    for (let turn = 0; turn < times; turn++) {
      found.push(
        await endOnce(
          {
            ...run,
            signal,
            setUrl: value => {
              url = value;
            },
          },
          turn,
        ),
      );
    }
  } finally {
    over.abort();
    await audited.stop();
  }
  say('Waiting for what is on its way');
  const kept = await settle(
    () => judgeAudited(stage.postgres, audited.answered),
    ({ lost, unfinished }) => lost + unfinished,
  );
  const acknowledged = found.flatMap(one => one.acknowledged);
  const missing = await settle(
    async () => acknowledged.filter(id => !receiver.times.has(id)).length,
    count => count,
  );
  const { ids } = await readTrail(stage.postgres, {});
  const rows = new Set(ids);
  const lost = acknowledged.filter(id => !rows.has(id)).length;
  const twice = ids.length - rows.size;
  const neverTold = rows.size - FILE_EVENTS - new Set(acknowledged).size + lost;
  return {
    failures: [
      ...found.flatMap(one => one.failures),
      ...[
        [lost, 'acknowledged events are not in the table'],
        [twice, 'rows are there twice'],
        [neverTold, 'rows are there that nobody was told of'],
        [missing, 'events did not arrive at the destination that answers'],
        [kept.lost, 'audited uses that were answered are lost'],
        [kept.unfinished, 'audited uses have no outcome'],
        [kept.twice, 'audited uses are there twice'],
      ].flatMap(([count, what]) =>
        count > 0 ? [`${formatCount(count)} ${what}`] : [],
      ),
    ],
    facts: [
      ...found.map(one => one.fact),
      `The longest end took ${formatMs(Math.max(...found.map(one => one.ms)))}`,
      `${formatCount(acknowledged.length)} events acknowledged, ${formatCount(
        lost,
      )} lost, ${twice} twice; ${formatCount(
        audited.answered.size,
      )} audited uses answered, ${formatCount(kept.lost)} lost; ${formatCount(
        await pages,
      )} pages meanwhile`,
    ],
  };
}

/**
 * Ends the backend under load.
 *
 * @returns {Promise<number>} the exit code
 */
export async function terminateUnderLoad(args) {
  const { times, events, minutes } = readOptions(args);
  const tools = await setup();
  const directory = temporaryDirectory('terminate');
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const exitFile = path.join(directory, 'exit');
  const receiver = await startWebhookReceiver();
  const hanging = await startHangingReceiver();
  let postgres;
  let stage;
  try {
    postgres = await startPostgres({ durable: true });
    const env = {
      ...tools.env,
      ...webhookEnvironment({ all: receiver.url, hanging: hanging.url }),
      ...exitEnvironment(exitFile),
      // The server of Backstage does not close before its own bus, which asks
      // it for news that come up to 55 seconds later, has its answer.
      APP_CONFIG_events_useEventBus: 'never',
    };
    stage = await startStage({
      ...{ postgres, directory, events: FILE_EVENTS },
      tools: { ...tools, env },
    });
    const { facts, failures } = await endAgainAndAgain(
      {
        ...{ stage, exitFile, events, hanging, receiver },
        signal: AbortSignal.timeout(minutes * 60_000),
      },
      times,
    );
    return printFindings({
      title: 'A backend that is asked to end under load',
      ...{ facts, failures },
    });
  } finally {
    await stage?.pg.end().catch(() => {});
    await stopAll();
    await receiver.close();
    hanging.close();
    await postgres?.stop();
  }
}

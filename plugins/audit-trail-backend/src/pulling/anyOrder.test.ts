import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { seededRandom } from '../__testUtils__/events';
import { tokenExpired, tooManyRequests } from '../__testUtils__/segmentApi';
import type { CoveredSpan } from './spans';
import {
  createReplica,
  KEY,
  startSegment,
  stopSegments,
} from './__testUtils__/pulling';

jest.setTimeout(300_000);

const databases = new TestTrailDatabases();

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const REACH = 3 * DAY;
const ROUNDS = 12;

/** Stands for a process that ends in the middle of something. */
class Crash extends Error {}

interface Told {
  id: string;
  timestamp: string;
  arrivesAt?: number;
}

/** Some quiet days, some busy minutes, and some that arrive late. */
function makeEvents(random: () => number, count: number): Told[] {
  const now = Date.now();
  const busy = Array.from({ length: 3 }, () => random() * REACH * 0.95);
  return Array.from({ length: count }, (_, index) => {
    const late = random() < 0.2;
    const early =
      random() < 0.5
        ? busy[index % 3] + random() * 60_000
        : random() * REACH * 0.95;
    const age = late ? random() * 0.9 * HOUR : early;
    return {
      id: `event-${index}`,
      timestamp: new Date(now - age).toISOString(),
      type: 'Source Modified',
      actor: `user-${index % 3}`,
      resourceId: `source-${index}`,
      resourceType: 'source',
      resourceName: `Source ${index}`,
      arrivesAt: late ? now + random() * 500 : undefined,
    };
  });
}

const isWithin = (spans: CoveredSpan[], time: number) =>
  spans.some(
    ({ from, to, state }) => state === 'complete' && time >= from && time < to,
  );

describe.each(databases.eachSupportedId())(
  'whatever happens while pulling on %s',
  databaseId => {
    let knex: Knex;
    beforeAll(async () => {
      knex = await databases.init(databaseId);
    });
    afterEach(stopSegments);

    it.each(Array.from({ length: ROUNDS }, (_, seed) => seed))(
      'each event stands once, and coverage is true (seed %i)',
      async seed => {
        for (const table of [
          'audit_events',
          'audit_coverage',
          'audit_intake_states',
        ]) {
          await knex(table).delete();
        }
        const random = seededRandom(seed + 1);
        const events = makeEvents(random, 40 + Math.floor(random() * 60));
        let trouble = true;
        const segment = await startSegment({
          auditEvents: events,
          newestFirst: random() < 0.5,
          faults: () => {
            if (!trouble || random() > 0.12) {
              return undefined;
            }
            return [
              { status: 500 },
              { reset: true },
              tooManyRequests(1),
              tooManyRequests(60_000),
              tokenExpired(),
              { status: 200, body: '{' },
            ][Math.floor(random() * 6)];
          },
        });
        const replicas = await Promise.all(
          [1, 2].map(async () =>
            createReplica({
              knex,
              segment,
              reachMs: REACH,
              pageSize: 1 + Math.floor(random() * 12),
              times: { firstPauseMs: 0, maxPauseMs: 0, recheckEveryMs: DAY },
              beforeStep: () => {
                if (trouble && random() < 0.04) {
                  throw new Crash();
                }
              },
            }),
          ),
        );
        /** Nobody claims what is not so; what arrives late is known later. */
        const assertTrue = async () => {
          const spans = await replicas[0].states.spans(KEY);
          const names: string[] = await knex('audit_events').pluck(
            'resource_name',
          );
          expect(new Set(names).size).toBe(names.length);
          events
            .filter(({ arrivesAt }) => !arrivesAt)
            .filter(({ timestamp }) => isWithin(spans, Date.parse(timestamp)))
            .forEach(({ id }) =>
              expect(names).toContain(id.replace('event-', 'Source ')),
            );
        };
        const start = async (count: number) =>
          Promise.all(
            replicas.slice(0, count).map(async ({ run, states }) => {
              // As after a restart, and whatever a source asks for.
              await states.update(KEY, { notBefore: undefined });
              const signal = AbortSignal.timeout(
                20 + Math.floor(random() * 2_000),
              );
              await run(trouble ? signal : undefined).catch(error => {
                if (!(error instanceof Crash)) {
                  throw error;
                }
              });
            }),
          );

        for (let run = 0; run < 5; run++) {
          // The scheduler lets one run at a time, unless it takes it for dead.
          await start(random() < 0.3 ? 2 : 1);
          await assertTrue();
        }
        trouble = false;
        await new Promise(resolve => setTimeout(resolve, 600));
        await start(1);
        await start(1);

        const names: string[] = await knex('audit_events').pluck(
          'resource_name',
        );
        expect(names.sort()).toEqual(
          events.map(({ id }) => id.replace('event-', 'Source ')).sort(),
        );
        const spans = await replicas[0].states.spans(KEY);
        expect(spans.map(({ state }) => state)).toEqual(['complete']);
        expect(spans[0].to - spans[0].from).toBeGreaterThanOrEqual(REACH);
      },
    );
  },
);

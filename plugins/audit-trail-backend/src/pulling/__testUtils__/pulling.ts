import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { PublicApiClient } from 'backstage-plugin-segment-node';
import {
  DEMO_TOKEN,
  SAMPLE_RESOURCES,
  SegmentApiIntake,
  startTrackingApi,
} from '../../__testUtils__/segmentApi';
import { ActivityRegistry } from '../../activities/ActivityRegistry';
import { DatabaseActivitiesStore } from '../../database/DatabaseActivitiesStore';
import { DatabaseActorsStore } from '../../database/DatabaseActorsStore';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import { DatabaseIntakeStatesStore } from '../../database/DatabaseIntakeStatesStore';
import { ActorDirectory } from '../../ingest/ActorDirectory';
import { IngestService } from '../../ingest/IngestService';
import { EventUnion } from '../../union/EventUnion';
import { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import {
  ScheduledIntakeRunner,
  type PullingTimes,
} from '../ScheduledIntakeRunner';

export const KEY = { intake: 'segment-api', target: 'acme' };

export type Segment = Awaited<ReturnType<typeof startTrackingApi>>;

/** A logger that keeps its lines, with all that is passed to it. */
export function recordingLogger() {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (message: string | Error, meta: object = {}) =>
      lines.push(`${level}: ${message} ${meta} ${JSON.stringify(meta)}`);
  const logger: LoggerService = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: () => logger,
  };
  return { logger, lines };
}

const running: Segment[] = [];

/** Starts Segment's stand-in with the sample workspace. */
export async function startSegment(
  options: Parameters<typeof startTrackingApi>[0] = {},
): Promise<Segment> {
  const segment = await startTrackingApi({
    ...SAMPLE_RESOURCES,
    auditEvents: [],
    ...options,
  });
  running.push(segment);
  return segment;
}

/** Ends all stand-ins. */
export async function stopSegments(): Promise<void> {
  await Promise.all(running.splice(0).map(segment => segment.close()));
}

/** One replica that reads from a stand-in into a database. */
export async function createReplica(options: {
  knex: Knex;
  segment: { url: string };
  token?: string;
  pageSize?: number;
  /** Five days if left out, so that tests need not read 90. */
  reachMs?: number | 'all';
  timeoutMs?: number;
  times?: Partial<PullingTimes>;
  /** Called before each step that leaves a trace in the database. */
  beforeStep?: () => void;
}) {
  const { knex, segment, pageSize, beforeStep } = options;
  const { reachMs = 5 * 24 * 60 * 60 * 1000 } = options;
  const { logger, lines } = recordingLogger();
  const redactor = EventRedactor.create({
    config: { keys: [], allow: [] },
    key: 'a-key',
  });
  const actors = ActorDirectory.create({
    actors: DatabaseActorsStore.create({ knex }),
    redactor,
    sources: ['segment'],
  });
  const store = DatabaseAuditEventsStore.create({
    knex,
    union: EventUnion.create({ sources: ['segment'] }),
  });
  const ingest = IngestService.create({
    activities: ActivityRegistry.create({
      redactor,
      store: DatabaseActivitiesStore.create({ knex }),
    }),
    actors,
    redactor,
    store,
  });
  const states = DatabaseIntakeStatesStore.create({ knex });
  if (beforeStep) {
    const changeSpans = states.changeSpans.bind(states);
    states.changeSpans = async (...args) => {
      beforeStep();
      return changeSpans(...args);
    };
    const take = ingest.ingest.bind(ingest);
    ingest.ingest = async request => {
      beforeStep();
      const result = await take(request);
      beforeStep();
      return result;
    };
  }
  const limits = {
    ...(pageSize && { pageSize }),
    ...(reachMs !== 'all' && { reachMs }),
  };
  const drops: Record<string, number> = {};
  const runner = ScheduledIntakeRunner.create({
    actors,
    dropped: {
      add: (count, { reason } = { intake: '', reason: '' }) => {
        drops[reason] = (drops[reason] ?? 0) + count;
      },
    },
    ingest,
    intake: new SegmentApiIntake({
      workspace: { slug: 'acme', app: '', publicApi: '', token: '' },
      limits,
      client: new PublicApiClient({
        baseUrl: segment.url,
        token: options.token ?? DEMO_TOKEN,
        timeoutMs: options.timeoutMs ?? 20_000,
        maxWaitMs: 1_000,
      }),
    }),
    logger,
    states,
    times: options.times,
  });
  return {
    drops,
    ingest,
    lines,
    runner,
    states,
    run: (signal = new AbortController().signal) => runner.run(signal),
  };
}

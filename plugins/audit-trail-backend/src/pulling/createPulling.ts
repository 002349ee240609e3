import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import type {
  HttpIntake,
  ScheduledIntake,
} from 'backstage-plugin-audit-trail-node';
import type { Knex } from 'knex';
import { DatabaseActorsStore } from '../database/DatabaseActorsStore';
import { DatabaseIntakeStatesStore } from '../database/DatabaseIntakeStatesStore';
import { ActorDirectory } from '../ingest/ActorDirectory';
import type { IngestService } from '../ingest/IngestService';
import type { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import type { CoverageReports } from '../service/coverage/CoverageReports';
import { DefaultCoverageReports } from '../service/coverage/DefaultCoverageReports';
import { EventUnion } from '../union/EventUnion';
import { sourcesOfSeveral } from '../union/sourcesOfSeveral';
import { ScheduledIntakeRunner } from './ScheduledIntakeRunner';

/** All that reads sources, and makes one of what several intakes tell. */
export interface Pulling {
  actors: ActorDirectory;
  coverage: CoverageReports;
  /** Names of the intakes that read. */
  intakes: string[];
  states: DatabaseIntakeStatesStore;
  union: EventUnion;
  /** Reads from now on. */
  start(options: {
    dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
    ingest: IngestService;
    logger: LoggerService;
    scheduler: SchedulerService;
  }): Promise<void>;
}

/** Puts the reading together. */
export function createPulling(options: {
  httpIntakes: HttpIntake[];
  /** Since when events are kept, in milliseconds since 1970. */
  keptSince(): Promise<number>;
  knex: Knex;
  redactor: EventRedactor;
  scheduled: ScheduledIntake[];
}): Pulling {
  const { httpIntakes, keptSince, knex, redactor, scheduled } = options;
  const states = DatabaseIntakeStatesStore.create({ knex });
  const actors = ActorDirectory.create({
    actors: DatabaseActorsStore.create({ knex }),
    redactor,
    sources: scheduled.map(({ source }) => source),
  });
  return {
    actors,
    coverage: DefaultCoverageReports.create({
      keptSince,
      sources: scheduled.map(({ id, target, reachMs }) => ({
        key: { intake: id, target },
        reachMs,
      })),
      states,
    }),
    intakes: scheduled.map(({ id }) => id),
    states,
    union: EventUnion.create({
      sources: sourcesOfSeveral([...httpIntakes, ...scheduled]),
    }),
    async start({ scheduler, ...services }) {
      for (const intake of scheduled) {
        await ScheduledIntakeRunner.create({
          ...services,
          ...{ actors, intake, states },
        }).start(scheduler);
      }
    },
  };
}

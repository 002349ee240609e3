import { writeSync } from 'node:fs';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { knex as createKnex } from 'knex';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import { DatabaseRetentionStore } from '../../database/DatabaseRetentionStore';
import type { IngestService } from '../../ingest/IngestService';
import { normaliseEvent, type EventOrigin } from '../../ingest/normaliseEvent';
import { Pruner } from '../Pruner';

/*
 * A process that prunes what is older than 90 days, to be killed while it does.
 * It says on its standard output, line by line, how many events are gone.
 */
const say = (line: string) => writeSync(1, `${line}\n`);

const silent = () => {};
const logger: LoggerService = {
  ...{ debug: silent, info: silent, warn: silent, error: silent },
  child: () => logger,
};

async function main() {
  const [host, port, database, user, password] = process.argv.slice(2);
  const knex = createKnex({
    client: 'pg',
    connection: { host, port: Number(port), database, user, password },
  });
  const store = DatabaseAuditEventsStore.create({ knex });
  const pruner = Pruner.create({
    destinationIds: ['siem'],
    ingest: {
      async ingest(request: {
        events: { event: never }[];
        origin: EventOrigin;
      }) {
        await store.append(
          request.events.map(({ event }) =>
            normaliseEvent(event, request.origin, new Date()),
          ),
        );
      },
    } as unknown as IngestService,
    logger,
    pruned: { add: (count: number) => say(`gone ${count}`) },
    retention: { maxAgeMs: 90 * 24 * 60 * 60 * 1000 },
    store: DatabaseRetentionStore.create({ knex }),
  });
  await pruner.prune();
  say('done');
  await knex.destroy();
}

main();

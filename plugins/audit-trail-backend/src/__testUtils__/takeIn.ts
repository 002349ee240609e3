import { setImmediate as nextTurn } from 'node:timers/promises';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import auditTrailModuleSegment from 'backstage-plugin-audit-trail-backend-module-segment';
import { knex as createKnex } from 'knex';
import { auditTrailPlugin } from '../plugin';
import { SECRET } from './backend';

/*
 * A process in which nothing runs but a backend that takes events in, so that
 * its memory and time are those of the intakes. It tells its port, and, when it
 * is asked, what it holds and what it has stored.
 */
async function main() {
  const knex = createKnex(JSON.parse(process.env.INTAKE_DATABASE!));
  const { server } = await startTestBackend({
    features: [
      auditTrailPlugin,
      auditTrailModuleSegment,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          auditTrail: {
            retention: false,
            intake: { segment: { secret: SECRET } },
            rateLimits: { reads: 1_000_000, batches: 1_000_000 },
          },
        },
      }),
    ],
  });
  process.on('message', async ({ kind }: { kind?: string }) => {
    if (kind !== 'usage') {
      return;
    }
    // What has not been collected yet is not held.
    global.gc!();
    // Buffers are freed by a turn of their own.
    await nextTurn();
    global.gc!();
    const [events] = await knex('audit_events').count({ count: '*' });
    const [activities] = await knex('audit_activities').count({ count: '*' });
    process.send!({
      kind,
      residentBytes: process.memoryUsage.rss(),
      stored: Number(events.count) + Number(activities.count),
    });
  });
  process.on('disconnect', () => process.exit());
  process.send!({ kind: 'started', port: server.port() });
}

main();

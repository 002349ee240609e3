import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  auditTrailForwardingExtensionPoint,
  auditTrailIntakeExtensionPoint,
  type ForwarderFactory,
  type HttpIntake,
  type ScheduledIntake,
} from 'backstage-plugin-audit-trail-node';
import { destinationConfig, eventUrl } from './__testUtils__/segment';
import { auditTrailModuleSegment } from './module';

describe('auditTrailModuleSegment', () => {
  it('adds the intakes and the kind of destination', async () => {
    const intakes: HttpIntake[] = [];
    const scheduled: ScheduledIntake[] = [];
    const factories: ForwarderFactory[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          auditTrailIntakeExtensionPoint,
          {
            addHttpIntake: intake => intakes.push(intake),
            addScheduledIntake: intake => scheduled.push(intake),
          },
        ],
        [
          auditTrailForwardingExtensionPoint,
          { addForwarder: factory => factories.push(factory) },
        ],
      ],
      features: [
        auditTrailModuleSegment,
        mockServices.rootConfig.factory({
          data: {
            auditTrail: {
              segment: {
                workspaces: [
                  { slug: 'acme', token: 'a' },
                  {
                    slug: 'other',
                    token: 'b',
                    schedule: {
                      frequency: { minutes: 1 },
                      timeout: { seconds: 50 },
                    },
                  },
                ],
              },
            },
          },
        }),
      ],
    });
    expect(intakes.map(({ path }) => path)).toEqual(['segment']);
    expect(scheduled.map(({ id, target }) => [id, target])).toEqual([
      ['segment-api', 'acme'],
      ['segment-api', 'other'],
    ]);
    expect(scheduled.map(({ schedule }) => schedule)).toMatchObject([
      { frequency: { minutes: 5 }, timeout: { minutes: 3 } },
      { frequency: { minutes: 1 }, timeout: { seconds: 50 } },
    ]);
    expect(factories.map(({ type }) => type)).toEqual(['segment-source']);
    const create = (config: object) =>
      factories[0].create({
        destinationId: 'segment',
        config: destinationConfig(config),
        logger: mockServices.logger.mock(),
        eventUrl,
      });
    expect(create({ writeKey: 'key', maxEvents: 7 }).limits).toEqual({
      maxEvents: 7,
    });
    expect(() => create({})).toThrow(
      'auditTrail.forwarding.destinations.segment.writeKey: must be set',
    );
    await backend.stop();
  });
});

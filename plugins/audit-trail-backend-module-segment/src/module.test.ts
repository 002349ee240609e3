import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  auditTrailForwardingExtensionPoint,
  auditTrailIntakeExtensionPoint,
  type ForwarderFactory,
  type HttpIntake,
} from 'backstage-plugin-audit-trail-node';
import { destinationConfig, eventUrl } from './__testUtils__/segment';
import { auditTrailModuleSegment } from './module';

describe('auditTrailModuleSegment', () => {
  it('adds the intake and the kind of destination', async () => {
    const intakes: HttpIntake[] = [];
    const factories: ForwarderFactory[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          auditTrailIntakeExtensionPoint,
          { addHttpIntake: intake => intakes.push(intake) },
        ],
        [
          auditTrailForwardingExtensionPoint,
          { addForwarder: factory => factories.push(factory) },
        ],
      ],
      features: [auditTrailModuleSegment],
    });
    expect(intakes.map(({ path }) => path)).toEqual(['segment']);
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

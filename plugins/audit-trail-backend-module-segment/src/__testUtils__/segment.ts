import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { Forwarder } from 'backstage-plugin-audit-trail-node';
import { DEMO_SOURCE, startTrackingApi } from './examples';
import { auditEvent } from './auditEvent';
import { LoopGuard } from '../forwarding/LoopGuard';
import { readSegmentSourceConfig } from '../forwarding/readSegmentSourceConfig';
import { SegmentSourceForwarder } from '../forwarding/SegmentSourceForwarder';
import { SegmentWebhookIntake } from '../intake/SegmentWebhookIntake';

const RECORDED = path.resolve(
  __dirname,
  '../../../../examples/segment/recorded',
);

/** Deliveries recorded from Segment: file name and body. */
export const RECORDED_DELIVERIES: [string, any][] = readdirSync(RECORDED)
  .filter(name => name.endsWith('.json'))
  .map(name => [
    name,
    JSON.parse(readFileSync(path.join(RECORDED, name), 'utf8')),
  ]);

export type TrackingApi = Awaited<ReturnType<typeof startTrackingApi>>;

const running: TrackingApi[] = [];

/** Starts Segment's stand-in; {@link stopTrackingApis} ends it. */
export async function trackingApi(
  options: Parameters<typeof startTrackingApi>[0] = {},
): Promise<TrackingApi> {
  const api = await startTrackingApi(options);
  running.push(api);
  return api;
}

/** Ends all stand-ins. */
export async function stopTrackingApis(): Promise<void> {
  await Promise.all(running.splice(0).map(api => api.close()));
}

/** The address of an event's page. */
export const eventUrl = (id: string) =>
  `https://portal.example/audit-trail/events/${id}`;

/** Config of a destination. */
export const destinationConfig = (data: object) =>
  mockServices
    .rootConfig({
      data: { auditTrail: { forwarding: { destinations: { segment: data } } } },
    })
    .getConfig('auditTrail.forwarding.destinations.segment');

/** A forwarder to the stand-in's own source. */
export function segmentForwarder(
  api: { url: string },
  options: {
    config?: object;
    destinationId?: string;
    guard?: LoopGuard;
    timeoutMs?: number;
  } = {},
): Forwarder {
  const { destinationId = 'segment' } = options;
  return new SegmentSourceForwarder({
    destinationId,
    eventUrl,
    guard: options.guard ?? new LoopGuard(),
    timeoutMs: options.timeoutMs,
    config: readSegmentSourceConfig({
      destinationId,
      config: destinationConfig({
        writeKey: DEMO_SOURCE.writeKeys[0],
        endpoint: api.url,
        endpointPublicApi: api.url,
        ...options.config,
      }),
    }),
  });
}

const SECRET = 'test-secret';

/** The intake of deliveries, and what a delivery is signed with. */
export function webhookIntake() {
  const intake = SegmentWebhookIntake.fromConfig(
    mockServices.rootConfig({
      data: { auditTrail: { intake: { segment: { secret: SECRET } } } },
    }),
    { logger: mockServices.logger.mock() },
  );
  return {
    /** Hands over a signed delivery or an array of them. */
    receive: (delivery: unknown) => {
      const signed = Array.isArray(delivery) ? delivery[0] : delivery;
      return intake.receive({
        headers: {
          'x-signature': createHmac('sha1', SECRET)
            .update(JSON.stringify(signed))
            .digest('hex'),
        },
        body: Buffer.from(JSON.stringify(delivery)),
      });
    },
  };
}

/** The error with which a call fails. */
export const errorOf = async (call: Promise<unknown>): Promise<any> =>
  call.then(
    () => {
      throw new Error('The call was expected to fail');
    },
    error => error,
  );

/** Events that differ in their ids, with a text in their details. */
export const manyEvents = (count: number, note = '') =>
  Array.from({ length: count }, (_, index) =>
    auditEvent({
      sourceEventId: `event-${index}`,
      details: { resource_id: 'w1', resource_type: 'warehouse', note },
    }),
  );

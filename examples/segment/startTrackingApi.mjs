/**
 * Starts the stand-in for Segment of trackingApi.mjs, and prints what arrives.
 *
 *   node examples/segment/startTrackingApi.mjs
 *
 * Environment: PORT (7099), SAMPLE_NOW (when the sample events end; now), and
 * EVENT_EVERY (seconds between the events that happen while it runs; 60, and 0
 * for none).
 */
import { nextAuditEvent, sampleAuditEvents } from './sampleAuditEvents.mjs';
import { SAMPLE_RESOURCES } from './sampleResources.mjs';
import { DEMO_SOURCE, DEMO_TOKEN, startTrackingApi } from './trackingApi.mjs';

const auditEvents = sampleAuditEvents({
  now: process.env.SAMPLE_NOW || new Date(),
});
const everySeconds = Number(process.env.EVENT_EVERY || 60);

const { url } = await startTrackingApi({
  ...SAMPLE_RESOURCES,
  auditEvents,
  port: Number(process.env.PORT || 7099),
  sources: [...SAMPLE_RESOURCES.sources, DEMO_SOURCE],
  onEvent: ({ event, messageId, properties, userId }) =>
    console.log(`${event}: ${properties?.type} by ${userId} (${messageId})`),
});
console.log(
  `Segment's stand-in listens at ${url}: write key ${DEMO_SOURCE.writeKeys[0]}, token of the Public API ${DEMO_TOKEN}, ${auditEvents.length} audit events`,
);
if (everySeconds > 0) {
  setInterval(() => {
    const now = Date.now();
    auditEvents.push(nextAuditEvent({ now, number: now }));
  }, everySeconds * 1000);
}

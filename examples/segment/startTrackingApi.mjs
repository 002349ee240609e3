/**
 * Starts the stand-in for Segment of trackingApi.mjs, and prints what arrives.
 *
 *   node examples/segment/startTrackingApi.mjs
 *
 * Environment: PORT (7099).
 */
import { SAMPLE_RESOURCES } from './sampleResources.mjs';
import { DEMO_SOURCE, DEMO_TOKEN, startTrackingApi } from './trackingApi.mjs';

const { url } = await startTrackingApi({
  ...SAMPLE_RESOURCES,
  port: Number(process.env.PORT || 7099),
  sources: [...SAMPLE_RESOURCES.sources, DEMO_SOURCE],
  onEvent: ({ event, messageId, properties, userId }) =>
    console.log(`${event}: ${properties?.type} by ${userId} (${messageId})`),
});
console.log(
  `Segment's stand-in listens at ${url}: write key ${DEMO_SOURCE.writeKeys[0]}, token of the Public API ${DEMO_TOKEN}`,
);

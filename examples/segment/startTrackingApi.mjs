/**
 * Starts the stand-in for Segment of trackingApi.mjs, and prints what arrives.
 *
 *   node examples/segment/startTrackingApi.mjs
 *
 * Environment: PORT (7099).
 */
import { DEMO_SOURCE, DEMO_TOKEN, startTrackingApi } from './trackingApi.mjs';

const { url } = await startTrackingApi({
  port: Number(process.env.PORT || 7099),
  onEvent: ({ event, messageId, properties, userId }) =>
    console.log(`${event}: ${properties?.type} by ${userId} (${messageId})`),
});
console.log(
  `Segment's stand-in listens at ${url}: write key ${DEMO_SOURCE.writeKeys[0]}, token of the Public API ${DEMO_TOKEN}`,
);

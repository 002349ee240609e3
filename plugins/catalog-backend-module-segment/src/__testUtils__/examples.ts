// The demo's own files, so that there is one stand-in for Segment and one
// sample workspace. They stand outside of all packages, as they are no part of
// what is published.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export {
  tokenExpired,
  tooManyRequests,
} from '../../../../examples/segment/publicApi.mjs';
export { createRandom } from '../../../../examples/segment/random.mjs';
export {
  SAMPLE_RESOURCES,
  SAMPLE_SECRETS,
} from '../../../../examples/segment/sampleResources.mjs';
export {
  DEMO_TOKEN,
  startTrackingApi,
} from '../../../../examples/segment/trackingApi.mjs';

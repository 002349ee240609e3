// The demo's own files, so that there is one stand-in for Segment and one set
// of sample deliveries. They stand outside of all packages, as they are no part
// of what is published.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export { sampleDeliveries } from '../../../../examples/segment/sampleDeliveries.mjs';
export {
  DEMO_SOURCE,
  DEMO_TOKEN,
  startTrackingApi,
} from '../../../../examples/segment/trackingApi.mjs';

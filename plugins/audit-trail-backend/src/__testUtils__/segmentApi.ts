// The module's own intake and the demo's own stand-in for Segment, so that what
// is tested here is what runs. The stand-in stands outside of all packages, as
// it is no part of what is published.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export {
  tokenExpired,
  tooManyRequests,
} from '../../../../examples/segment/publicApi.mjs';
export { toAuditEvent } from '../../../../examples/segment/sampleAuditEvents.mjs';
export { sampleDeliveries } from '../../../../examples/segment/sampleDeliveries.mjs';
export { SAMPLE_RESOURCES } from '../../../../examples/segment/sampleResources.mjs';
export {
  DEMO_TOKEN,
  startTrackingApi,
} from '../../../../examples/segment/trackingApi.mjs';
export { SegmentApiIntake } from '../../../audit-trail-backend-module-segment/src/pull/SegmentApiIntake';

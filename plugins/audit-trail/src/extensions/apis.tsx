import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { auditTrailApiRef, createAuditTrailApi } from '../api';

/** Reads the trail from the backend. */
export const auditTrailApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: auditTrailApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => createAuditTrailApi(deps),
    }),
});

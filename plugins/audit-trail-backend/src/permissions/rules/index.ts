import { isResourceOwner } from './isResourceOwner';

/** Rules for conditional decisions on audit events. */
export const auditTrailRules = { isResourceOwner };

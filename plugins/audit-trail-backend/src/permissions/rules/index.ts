import { hasActor } from './hasActor';
import { hasCategory } from './hasCategory';
import { hasResource } from './hasResource';
import { hasSource } from './hasSource';
import { hasType } from './hasType';
import { hasWorkspace } from './hasWorkspace';
import { isResourceOwner } from './isResourceOwner';

/** Rules for conditional decisions on audit events. */
export const auditTrailRules = {
  hasActor,
  hasCategory,
  hasResource,
  hasSource,
  hasType,
  hasWorkspace,
  isResourceOwner,
};

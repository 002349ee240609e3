export { ACTIVITIES, CATEGORIES, isHarmful } from './catalogue';
export type { Activity, ActivityCategory } from './catalogue';
export { findActivity, resolveActivity } from './resolveActivity';
export type { ResolvedActivity } from './resolveActivity';
export { UNMAPPED_CATEGORY } from './resolveActivity';
export { PORTAL_CATEGORY, portalLabel } from './portalArea';
export { TRAIL_READ_TYPES } from './trailArea';
export type {
  ActivityRegistration,
  RegisterActivitiesRequest,
} from './ActivityRegistration';

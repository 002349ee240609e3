export { ACTIVITIES, CATEGORIES } from './catalogue';
export type { Activity, ActivityCategory } from './catalogue';
export { findActivity, resolveActivity } from './resolveActivity';
export type { ResolvedActivity } from './resolveActivity';
export { UNMAPPED_CATEGORY } from './resolveActivity';
export { TRAIL_READ_TYPES } from './trailArea';

export { EventDrawer } from './EventDrawer';
export type { OnRelated } from './RelatedFacts';

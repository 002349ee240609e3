export { ActorIcon } from './ActorIcon';
export { EventTime } from './EventTime';
export { errorText } from './errorText';
export { HarmfulIcon } from './HarmfulIcon';
export { TimeText } from './TimeText';
export { NarrowActions } from './NarrowActions';
export type { OnNarrow } from './NarrowActions';

export { readViewQuery } from './readViewQuery';
export type {
  CreateSavedViewRequest,
  SavedView,
  SavedViewsResponse,
  UpdateSavedViewRequest,
} from './SavedView';
export { DEFAULT_TIME_RANGE, RELATIVE_TIME_RANGES } from './timeRanges';
export type { RelativeTimeRange } from './timeRanges';

export { FilterBar } from './FilterBar';
export { timeRangeLabel } from './TimeRangeMenu';

export { FilterChips } from './FilterChips';
export { filterChipLabel } from './filterChipLabel';
export type { KnownNames } from './filterChipLabel';

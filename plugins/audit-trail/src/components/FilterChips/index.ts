export { FilterChips } from './FilterChips';
export { filterChipLabel } from './filterChipLabel';
export type { FilterPurpose, KnownNames } from './filterChipLabel';

export { CoverageLine } from './CoverageLine';

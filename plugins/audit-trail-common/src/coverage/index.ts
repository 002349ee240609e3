export type {
  Coverage,
  CoverageGap,
  CoverageGapReason,
  CoverageResponse,
  CoverageSource,
} from './Coverage';

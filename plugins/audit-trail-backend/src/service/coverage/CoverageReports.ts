import type { CoverageResponse } from 'backstage-plugin-audit-trail-common';
import type { RequestOptions } from '../AuditEvents';

/** Tells which time the trail covers completely. */
export interface CoverageReports {
  coverage(options: RequestOptions): Promise<CoverageResponse>;
}

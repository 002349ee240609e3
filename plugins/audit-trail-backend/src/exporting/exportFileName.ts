import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';

/** Name of an exported file: the days that the filter covers. */
export function exportFileName(
  filter: AuditEventFilter,
  extension: string,
  now: Date,
): string {
  const from = filter.from?.slice(0, 10) ?? 'start';
  const to = (filter.to ?? now.toISOString()).slice(0, 10);
  return `audit-trail_${from}_${to}.${extension}`;
}

import type {
  Coverage,
  CoverageGap,
  CoverageGapReason,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { shortTime, type TimeZone } from './times';

/** Whether a source is so long behind that it matters, in milliseconds. */
const BEHIND_MS = 30 * 60 * 1000;

/** In which zone times are told, and when it is now. */
export interface Clock {
  zone: TimeZone;
  now: number;
}

function reasonLabel(t: Translate, reason: CoverageGapReason): string {
  return t(`coverage.reason.${reason}`);
}

function gapLabel(
  t: Translate,
  { from, to, filling, reason }: CoverageGap,
  { zone, now }: Clock,
): string {
  const span = {
    from: shortTime(t, from, zone, now),
    to: shortTime(t, to, zone, now),
  };
  if (filling) {
    return t('coverage.gapFilling', span);
  }
  return reason
    ? t('coverage.gapBecause', { ...span, reason: reasonLabel(t, reason) })
    : t('coverage.gap', span);
}

/** What one coverage tells a reader, as one line. */
function lineOf(t: Translate, coverage: Coverage, clock: Clock): string {
  const { completeSince: since, gaps, source, to } = coverage;
  const failureReason = source?.failure?.reason;
  const reason = failureReason && reasonLabel(t, failureReason);
  if (!since || !to) {
    return reason
      ? t('coverage.neverRead', { reason })
      : t('coverage.firstReading');
  }
  const { zone, now } = clock;
  const parts: string[] = [
    t('coverage.completeSince', {
      since: shortTime(t, since, zone, now),
    }),
  ];
  const last = gaps[gaps.length - 1];
  if (!last) {
    parts[0] = t('coverage.noGaps', { complete: parts[0] });
  } else {
    parts.push(gapLabel(t, last, clock));
    if (gaps.length > 1) {
      parts.push(t('coverage.moreGaps', { count: gaps.length - 1 }));
    }
  }
  if (now - Date.parse(to) > BEHIND_MS) {
    const time = shortTime(t, to, zone, now);
    parts.push(
      reason
        ? t('coverage.readUpToBecause', { time, reason })
        : t('coverage.readUpTo', { time }),
    );
  }
  return parts.join('; ');
}

/**
 * Whether what is shown is everything, as one line for each source that is
 * read; none where nothing is read.
 */
export function coverageLines(
  t: Translate,
  items: Coverage[],
  clock: Clock,
): string[] {
  return items.map(item => {
    const line = lineOf(t, item, clock);
    return items.length > 1 && item.source
      ? t('coverage.ofSource', { source: item.source.target, line })
      : line;
  });
}

/** Since when all sources are complete without a gap, if they are. */
export function completeSince(items: Coverage[]): string | undefined {
  const times = items.map(item => item.completeSince);
  return times.includes(undefined) ? undefined : times.sort().pop();
}

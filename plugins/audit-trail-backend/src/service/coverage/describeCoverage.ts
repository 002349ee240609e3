import type {
  Coverage,
  CoverageGap,
  CoverageGapReason,
} from 'backstage-plugin-audit-trail-common';
import {
  isSettled,
  missingSpans,
  type CoveredSpan,
  type Span,
} from '../../pulling/spans';

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

/**
 * What spans mean for a reader.
 *
 * @param spans - in their order
 * @param first - where the trail begins
 */
export function describeCoverage(
  spans: CoveredSpan[],
  first: number,
): Coverage {
  const complete = spans.filter(({ state }) => state === 'complete');
  const last = complete[complete.length - 1];
  if (!last) {
    return { from: time(first), gaps: [] };
  }
  const gaps = missingSpans(spans, { from: first, to: last.to }).flatMap(
    missing => reasonsOf(spans, missing),
  );
  return {
    from: time(first),
    to: time(last.to),
    completeSince: time(Math.max(last.from, first)),
    gaps,
  };
}

/** A gap, in parts if it has several reasons. */
function reasonsOf(spans: CoveredSpan[], gap: Span): CoverageGap[] {
  const told = spans.flatMap(span => {
    const from = Math.max(span.from, gap.from);
    const to = Math.min(span.to, gap.to);
    return span.state === 'gap' && to > from
      ? [{ from, to, reason: span.reason, filling: !isSettled(span) }]
      : [];
  });
  const untold = missingSpans(spans, gap, () => true).map(part => ({
    ...part,
    reason: 'not-read-yet' as CoverageGapReason,
    filling: true,
  }));
  return [...told, ...untold]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, reason, filling }) => ({
      from: time(from),
      to: time(to),
      reason,
      filling,
    }));
}

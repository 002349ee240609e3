/** From one moment to another, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** Why a span was not read completely. */
export type GapReason =
  | 'unauthorized'
  | 'rate-limited'
  | 'unavailable'
  | 'not-understood'
  | 'failed'
  /** It was read, and had events that could not be stored. */
  | 'unreadable-events'
  /** The source does not tell that far back any more. */
  | 'out-of-reach';

/** A span, and whether it was read completely. */
export type CoveredSpan = Span &
  (
    | { state: 'complete'; reason?: undefined }
    | { state: 'gap'; reason: GapReason }
  );

/** Gaps that will not be filled by reading once more. */
const FINAL: GapReason[] = ['unreadable-events', 'out-of-reach'];

/** Whether there is nothing left to be done about a span. */
export const isSettled = ({ state, reason }: CoveredSpan): boolean =>
  state === 'complete' || FINAL.includes(reason);

const isComplete = ({ state }: CoveredSpan) => state === 'complete';

/** Spans in their order, neighbours of the same kind as one. */
function merge(spans: CoveredSpan[]): CoveredSpan[] {
  const merged: CoveredSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged[merged.length - 1];
    if (
      last?.to === span.from &&
      last.state === span.state &&
      last.reason === span.reason
    ) {
      last.to = span.to;
    } else if (span.to > span.from) {
      merged.push({ ...span });
    }
  }
  return merged;
}

/** Spans that do not overlap, with one that counts whatever was there. */
export function setSpan(
  spans: CoveredSpan[],
  span: CoveredSpan,
): CoveredSpan[] {
  const around = spans.flatMap(other => [
    { ...other, to: Math.min(other.to, span.from) },
    { ...other, from: Math.max(other.from, span.to) },
  ]);
  return merge([...around.filter(({ from, to }) => to > from), span]);
}

/** The parts of a span that no span of a kind covers, in their order. */
export function missingSpans(
  spans: CoveredSpan[],
  within: Span,
  covers: (span: CoveredSpan) => boolean = isComplete,
): Span[] {
  const missing: Span[] = [];
  let from = within.from;
  for (const span of merge(spans).filter(covers)) {
    if (span.from > from && from < within.to) {
      missing.push({ from, to: Math.min(span.from, within.to) });
    }
    from = Math.max(from, span.to);
  }
  if (from < within.to) {
    missing.push({ from, to: within.to });
  }
  return missing;
}

/** From where on something was read completely. */
export const firstComplete = (spans: CoveredSpan[]): number | undefined =>
  spans.find(isComplete)?.from;

/**
 * Spans as they are when nothing before a moment can be read any more: from
 * the first that was read on, what is missing before it stays a gap. What was
 * never read at the very beginning is none: there the trail begins.
 */
export function closeBefore(
  spans: CoveredSpan[],
  moment: number,
): CoveredSpan[] {
  const first = Math.min(firstComplete(spans) ?? moment, moment);
  const kept = spans
    .filter(({ to }) => to > first)
    .map(span => ({ ...span, from: Math.max(span.from, first) }));
  return missingSpans(kept, { from: first, to: moment }, isSettled).reduce(
    (all, part) => setGap(all, part, 'out-of-reach'),
    kept,
  );
}

/** Spans, with what of one is not complete as a gap. */
export function setGap(
  spans: CoveredSpan[],
  within: Span,
  reason: GapReason,
): CoveredSpan[] {
  return missingSpans(spans, within).reduce(
    (all, part) => setSpan(all, { ...part, state: 'gap', reason }),
    spans,
  );
}

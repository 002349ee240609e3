import { isSettled, missingSpans, type CoveredSpan, type Span } from './spans';

/** Longest span that is read at once; if that fails it is read again. */
export const MAX_SPAN_MS = 24 * 60 * 60 * 1000;

/**
 * What to read: all that was not read completely, each with some time before
 * it once more, as events may arrive late; the newest first, in spans of a day
 * at most.
 */
export function planReads(options: {
  spans: CoveredSpan[];
  /** As far as the source tells, up to now. */
  reach: Span;
  /** How long before a gap it is read once more. */
  overlapMs: number;
  /** How far back all is read once more, whether it was read or not. */
  recheckMs: number;
}): Span[] {
  const { spans, reach, overlapMs, recheckMs } = options;
  const wanted = missingSpans(spans, reach, isSettled).map(({ from, to }) => ({
    from: Math.max(from - overlapMs, reach.from),
    to,
  }));
  if (recheckMs > 0) {
    wanted.push({
      from: Math.max(reach.to - recheckMs, reach.from),
      to: reach.to,
    });
  }
  return joined(wanted).reverse().flatMap(split);
}

/** Spans in their order, those that touch or overlap as one. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result[result.length - 1];
    if (last && span.from <= last.to) {
      last.to = Math.max(last.to, span.to);
    } else {
      result.push({ ...span });
    }
  }
  return result;
}

/** A span in parts, the newest first. */
function split({ from, to }: Span): Span[] {
  const parts: Span[] = [];
  for (let end = to; end > from; end -= MAX_SPAN_MS) {
    parts.push({ from: Math.max(from, end - MAX_SPAN_MS), to: end });
  }
  return parts;
}

import { seededRandom } from '../__testUtils__/events';
import { MAX_SPAN_MS, planReads } from './planReads';
import {
  missingSpans,
  setGap,
  setSpan,
  type CoveredSpan,
  type Span,
} from './spans';

const complete = (from: number, to: number): CoveredSpan => ({
  from,
  to,
  state: 'complete',
});

describe('spans', () => {
  it('are what each moment was set to last, as few as can be', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round++) {
      const moments: (string | undefined)[] = Array(40).fill(undefined);
      let spans: CoveredSpan[] = [];
      for (let step = 0; step < 12; step++) {
        const from = Math.floor(random() * 40);
        const span = { from, to: from + Math.floor(random() * (41 - from)) };
        if (span.to === span.from) {
          continue;
        }
        const asGap = random() < 0.4;
        spans = asGap
          ? setGap(spans, span, 'unavailable')
          : setSpan(spans, complete(span.from, span.to));
        for (let at = span.from; at < span.to; at++) {
          moments[at] =
            asGap && moments[at] !== 'complete' ? 'unavailable' : 'complete';
        }
      }
      const told = Array(40).fill(undefined);
      for (const { from, to, state, reason } of spans) {
        told.fill(reason ?? state, from, to);
      }
      expect(told).toEqual(moments);
      spans.slice(1).forEach((span, at) => {
        const before = spans[at];
        expect(before.to).toBeLessThanOrEqual(span.from);
        expect(
          before.to === span.from &&
            (before.reason ?? before.state) === (span.reason ?? span.state),
        ).toBe(false);
      });
      const missing = missingSpans(spans, { from: 0, to: 40 });
      const isMissing = (at: number) =>
        missing.some(({ from, to }) => at >= from && at < to);
      moments.forEach((state, at) =>
        expect(isMissing(at)).toBe(state !== 'complete'),
      );
    }
  });
});

describe('planReads', () => {
  const HOUR = 60 * 60 * 1000;
  const plan = (spans: CoveredSpan[], to: number, recheckMs = 0): Span[] =>
    planReads({
      spans,
      reach: { from: 0, to: to * HOUR },
      overlapMs: HOUR,
      recheckMs: recheckMs * HOUR,
    }).map(({ from, to: end }) => ({ from: from / HOUR, to: end / HOUR }));

  it('reads all at first, the newest first, a day at once', () => {
    expect(MAX_SPAN_MS).toBe(24 * HOUR);
    expect(plan([], 60)).toEqual([
      { from: 36, to: 60 },
      { from: 12, to: 36 },
      { from: 0, to: 12 },
    ]);
  });

  it('reads what came since, and an hour before it once more', () => {
    expect(plan([complete(0, 50 * HOUR)], 51)).toEqual([{ from: 49, to: 51 }]);
  });

  it('fills gaps, but not those that stay', () => {
    const spans: CoveredSpan[] = [
      { from: 0, to: 5 * HOUR, state: 'gap', reason: 'out-of-reach' },
      complete(5 * HOUR, 10 * HOUR),
      { from: 10 * HOUR, to: 12 * HOUR, state: 'gap', reason: 'unavailable' },
      complete(12 * HOUR, 20 * HOUR),
      ...[
        {
          from: 20 * HOUR,
          to: 21 * HOUR,
          state: 'gap' as const,
          reason: 'unreadable-events' as const,
        },
      ],
      complete(21 * HOUR, 30 * HOUR),
    ];
    expect(plan(spans, 31)).toEqual([
      { from: 29, to: 31 },
      { from: 9, to: 12 },
    ]);
  });

  it('reads the last days once more if asked to', () => {
    expect(plan([complete(0, 50 * HOUR)], 51, 30)).toEqual([
      { from: 27, to: 51 },
      { from: 21, to: 27 },
    ]);
  });
});

import type { Coverage } from 'backstage-plugin-audit-trail-common';
import { describeCoverage } from './describeCoverage';
import { togetherCovered } from './togetherCovered';

const day = (number: number) => Date.UTC(2026, 0, number);
const iso = (number: number) => new Date(day(number)).toISOString();

describe('describeCoverage', () => {
  it('tells nothing of what was never read', () => {
    expect(describeCoverage([], day(1))).toEqual({ from: iso(1), gaps: [] });
  });

  it('tells since when it is complete, and of each gap why', () => {
    expect(
      describeCoverage(
        [
          { from: day(1), to: day(2), state: 'gap', reason: 'out-of-reach' },
          { from: day(2), to: day(5), state: 'complete' },
          { from: day(5), to: day(6), state: 'gap', reason: 'unavailable' },
          { from: day(8), to: day(9), state: 'complete' },
          { from: day(9), to: day(10), state: 'gap', reason: 'unauthorized' },
        ],
        day(1),
      ),
    ).toEqual({
      from: iso(1),
      to: iso(9),
      completeSince: iso(8),
      gaps: [
        { from: iso(1), to: iso(2), reason: 'out-of-reach', filling: false },
        { from: iso(5), to: iso(6), reason: 'unavailable', filling: true },
        { from: iso(6), to: iso(8), reason: 'not-read-yet', filling: true },
      ],
    });
  });
});

describe('togetherCovered', () => {
  const covered = (
    from: number,
    to: number,
    ...gaps: [number, number][]
  ): Coverage => ({
    from: iso(from),
    to: iso(to),
    gaps: gaps.map(([begin, end]) => ({
      from: iso(begin),
      to: iso(end),
      reason: 'unauthorized',
      filling: true,
    })),
    source: { intake: 'segment-api', target: 'acme' },
  });

  it('is what is complete everywhere, and says of nobody whose gap it is', () => {
    expect(
      togetherCovered([
        covered(1, 20, [2, 4], [6, 7]),
        covered(3, 18, [3, 5], [17, 18]),
      ]),
    ).toEqual({
      from: iso(3),
      to: iso(18),
      completeSince: iso(18),
      gaps: [
        { from: iso(3), to: iso(5), filling: true },
        { from: iso(6), to: iso(7), filling: true },
        { from: iso(17), to: iso(18), filling: true },
      ],
    });
  });

  it('is nothing while one was never read, and unknown without any', () => {
    expect(
      togetherCovered([covered(1, 20), { from: iso(2), gaps: [] }]),
    ).toEqual({ from: iso(2), gaps: [] });
    expect(togetherCovered([])).toBeUndefined();
  });
});

import type { Coverage } from 'backstage-plugin-audit-trail-common';
import { t } from '../__testUtils__/translation';
import { completeSince as wholeSince, coverageLines } from './coverageLabels';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

const coverage = (more: Partial<Coverage> = {}): Coverage => ({
  from: '2026-08-24T12:00:00.000Z',
  to: '2026-11-22T11:58:00.000Z',
  completeSince: '2026-08-24T12:00:00.000Z',
  gaps: [],
  ...more,
});
const source = (target: string, reason?: 'unauthorized') => ({
  intake: 'segment-api',
  target,
  failure: reason && {
    since: '2026-11-22T10:00:00.000Z',
    reason,
    message: '',
  },
});
const gap = (from: number, to: number, filling = true) => ({
  from: new Date(Date.UTC(2026, 8, from)).toISOString(),
  to: new Date(Date.UTC(2026, 8, to)).toISOString(),
  filling,
});

const linesOf = (...items: Coverage[]) =>
  coverageLines(t, items, { zone: 'utc', now: NOW });

describe('coverageLines', () => {
  it('says nothing where nothing is read', () => {
    expect(linesOf()).toEqual([]);
  });

  it('says since when it is complete', () => {
    expect(linesOf(coverage())).toEqual([
      'Complete since 24 Aug, 12:00, no gaps',
    ]);
  });

  it('names the last gap, and says whether it is being filled', () => {
    const completeSince = gap(3, 4).to;
    expect(
      linesOf(coverage({ completeSince, gaps: [gap(1, 2), gap(3, 4)] })),
    ).toEqual([
      'Complete since 4 Sep, 00:00; gap 3 Sep, 00:00 to 4 Sep, 00:00 is being filled; 1 more gap',
    ]);
    expect(
      linesOf(
        coverage({
          completeSince,
          gaps: [{ ...gap(3, 4, false), reason: 'out-of-reach' }],
        }),
      ),
    ).toEqual([
      'Complete since 4 Sep, 00:00; gap 3 Sep, 00:00 to 4 Sep, 00:00: Segment does not tell that far back',
    ]);
  });

  it('says when it is behind, and to Owners why', () => {
    const to = '2026-11-22T10:00:00.000Z';
    expect(
      linesOf(
        coverage({ to, source: source('acme', 'unauthorized') }),
        coverage({ to }),
      ),
    ).toEqual([
      'acme: Complete since 24 Aug, 12:00, no gaps; read up to 22 Nov, 10:00: the token is not taken',
      'Complete since 24 Aug, 12:00, no gaps; read up to 22 Nov, 10:00',
    ]);
  });

  it('says when nothing was read yet, and why', () => {
    const never = { completeSince: undefined, to: undefined };
    expect(linesOf(coverage(never))).toEqual([
      'Segment is being read for the first time',
    ]);
    expect(
      linesOf(coverage({ ...never, source: source('acme', 'unauthorized') })),
    ).toEqual(['Nothing could be read yet: the token is not taken']);
  });
});

describe('completeSince', () => {
  it('is the latest of all, if each of them has one', () => {
    const late = coverage({ completeSince: '2026-09-02T00:00:00.000Z' });
    const never = coverage({ completeSince: undefined });
    expect(wholeSince([late, coverage()])).toBe(late.completeSince);
    expect(wholeSince([coverage(), never])).toBeUndefined();
    expect(wholeSince([])).toBeUndefined();
  });
});

import type {
  Coverage,
  CoverageGap,
} from 'backstage-plugin-audit-trail-common';

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/**
 * The time that is complete in all of some coverages, without saying which
 * they are; `undefined` of none. A gap that one of them has is a gap.
 */
export function togetherCovered(items: Coverage[]): Coverage | undefined {
  // Before the last of them begins, nothing is known of that one.
  const [from] = items.map(item => item.from).sort((a, b) => compare(b, a));
  if (from === undefined) {
    return undefined;
  }
  const ends = items.flatMap(({ to }) => to ?? []).sort(compare);
  if (ends.length < items.length || ends[0] <= from) {
    return { from, gaps: [] };
  }
  const [to] = ends;
  const gaps = joined(items.flatMap(item => item.gaps))
    .filter(gap => gap.from < to && gap.to > from)
    .map(gap => ({
      ...gap,
      from: gap.from > from ? gap.from : from,
      to: gap.to < to ? gap.to : to,
    }));
  return { from, to, completeSince: gaps[gaps.length - 1]?.to ?? from, gaps };
}

/** Gaps in their order, without reasons, those that touch as one. */
function joined(gaps: CoverageGap[]): CoverageGap[] {
  const result: CoverageGap[] = [];
  const ordered = [...gaps].sort((a, b) => compare(a.from, b.from));
  for (const { from, to, filling } of ordered) {
    const last = result[result.length - 1];
    if (last && from <= last.to) {
      last.to = to > last.to ? to : last.to;
      last.filling ||= filling;
    } else {
      result.push({ from, to, filling });
    }
  }
  return result;
}

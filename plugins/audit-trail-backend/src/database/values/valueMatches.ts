import type { AuditEventFacet } from 'backstage-plugin-audit-trail-common';

/** Different values that a text is looked for in. */
export const MAX_VALUES = 10_000;
/** Values that are found. */
const MAX_FOUND = 50;

/** A value with what people know it by. */
export interface KnownValue {
  value: string;
  name: string | null;
  email: string | null;
  type: string | null;
  /** What it was called once, if that is known. */
  formerName?: string | null;
  formerEmail?: string | null;
  /** Its events, if they were counted on the way. */
  count?: number | string;
}

const spelled = (text: string) => text.normalize('NFKC').toLowerCase();

/** How well a value matches: less is better; `undefined` is not at all. */
function distanceOf(known: KnownValue, wanted: string): number | undefined {
  const { name, email, value, formerName, formerEmail } = known;
  const texts = [name, email, value, formerName, formerEmail].flatMap(text =>
    text ? [spelled(text)] : [],
  );
  const all = texts.join('\n');
  if (!wanted.split(/\s+/).every(word => all.includes(word))) {
    return undefined;
  }
  if (texts.some(text => text.startsWith(wanted))) {
    return 0;
  }
  // At the beginning of a word, or of the id in a resource key.
  return [' ', ':', '/', '\n'].some(before => all.includes(before + wanted))
    ? 1
    : 2;
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/** What people call a value today, or called it once. */
function labelOf(known: KnownValue): string | undefined {
  const { name, email, formerName, formerEmail } = known;
  return name ?? email ?? formerName ?? formerEmail ?? undefined;
}

/** The values that match a text best. */
export function bestMatches(
  known: KnownValue[],
  find: string,
): { found: KnownValue[]; complete: boolean } {
  const wanted = spelled(find).trim();
  const matching = known
    .slice(0, MAX_VALUES)
    .flatMap(one => {
      const distance = distanceOf(one, wanted);
      const label = spelled(labelOf(one) ?? one.value);
      return distance === undefined ? [] : [{ one, distance, label }];
    })
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        compare(a.label, b.label) ||
        compare(a.one.value, b.one.value),
    );
  return {
    found: matching.slice(0, MAX_FOUND).map(({ one }) => one),
    complete: known.length <= MAX_VALUES && matching.length <= MAX_FOUND,
  };
}

/** A value as one of the choices of a filter. */
export function toFoundFacet(
  known: KnownValue,
  count: number,
  countCapped: boolean,
): AuditEventFacet {
  return {
    value: known.value,
    label: labelOf(known),
    type: known.type ?? undefined,
    count,
    countCapped,
  };
}

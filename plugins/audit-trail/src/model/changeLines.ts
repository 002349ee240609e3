import type { AuditEventChange } from 'backstage-plugin-audit-trail-common';

type Value = AuditEventChange['before'];

/** One value that an event added, removed or changed. */
export interface ChangeLine {
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before?: string;
  after?: string;
}

/** Most lines of one change; a document as a whole is read as JSON. */
const MAX_LINES = 50;

const isObject = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (one: Value, other: Value) =>
  JSON.stringify(one) === JSON.stringify(other);

function text(value: Value): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function line(path: string, before: Value, after: Value): ChangeLine {
  const kind =
    (before === undefined && 'added') ||
    (after === undefined && 'removed') ||
    'changed';
  return { path, kind, before: text(before), after: text(after) };
}

/** Elements of a list that another has not, as often as they are missing. */
function missing(from: Value[], other: Value[]): Value[] {
  const left = other.map(value => JSON.stringify(value));
  return from.filter(value => {
    const index = left.indexOf(JSON.stringify(value));
    if (index >= 0) {
      left.splice(index, 1);
    }
    return index < 0;
  });
}

function linesOf(path: string, before: Value, after: Value): ChangeLine[] {
  if (same(before, after)) {
    return [];
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap(key =>
      linesOf(path ? `${path}.${key}` : key, before[key], after[key]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const removed = missing(before, after);
    const added = missing(after, before);
    // Of a list in another order, nothing was added or removed.
    return removed.length + added.length === 0
      ? [line(path, before, after)]
      : [
          ...removed.map(value => line(`${path}[]`, value, undefined)),
          ...added.map(value => line(`${path}[]`, undefined, value)),
        ];
  }
  return [line(path, before, after)];
}

/**
 * What an event changed, value by value: of objects and lists only what differs
 * in them.
 */
export function changeLines(
  changes: readonly AuditEventChange[],
): ChangeLine[] {
  return changes.flatMap(({ path, before, after }) => {
    const lines = linesOf(path, before, after);
    const whole = lines.length === 0 || lines.length > MAX_LINES;
    return whole ? [line(path, before, after)] : lines;
  });
}

import { TRAIL_READ_TYPES } from '../activities';
import type { AuditEventFilter, AuditEventValues } from './AuditEventFilter';

/**
 * One thing that a filter asks for and that can be dropped by itself.
 *
 * @public
 */
export type AuditEventFilterPart =
  | {
      kind: 'value';
      field: keyof AuditEventValues;
      value: string;
      /** Whether it is what is left out. */
      excluded: boolean;
    }
  | { kind: 'harmful' }
  | { kind: 'text' }
  /** Both ends of the time range. */
  | { kind: 'time' }
  /** That who viewed the trail is left out. */
  | { kind: 'views' };

const FIELDS: (keyof AuditEventValues)[] = [
  'categories',
  'types',
  'actors',
  'actorTypes',
  'resources',
  'workspaces',
  'sources',
  'outcomes',
];

const isReadType = (value: string) => TRAIL_READ_TYPES.includes(value);

function leavesOutViews({ not }: AuditEventFilter): boolean {
  return TRAIL_READ_TYPES.every(type => not?.types?.includes(type));
}

/**
 * All that a filter asks for, part by part.
 *
 * @public
 */
export function auditEventFilterParts(
  filter: AuditEventFilter,
): AuditEventFilterPart[] {
  const withoutViews = leavesOutViews(filter);
  const parts: AuditEventFilterPart[] = [];
  if (filter.text) {
    parts.push({ kind: 'text' });
  }
  for (const excluded of [false, true]) {
    for (const field of FIELDS) {
      const values: string[] =
        (excluded ? filter.not?.[field] : filter[field]) ?? [];
      for (const value of values) {
        const isOfViews =
          withoutViews && excluded && field === 'types' && isReadType(value);
        if (!isOfViews) {
          parts.push({ kind: 'value', field, value, excluded });
        }
      }
    }
  }
  if (filter.harmful !== undefined) {
    parts.push({ kind: 'harmful' });
  }
  if (filter.from || filter.to) {
    parts.push({ kind: 'time' });
  }
  if (withoutViews) {
    parts.push({ kind: 'views' });
  }
  return parts;
}

function withoutValues(
  values: AuditEventValues,
  field: keyof AuditEventValues,
  isDropped: (value: string) => boolean,
): AuditEventValues {
  const kept = (values[field] as string[] | undefined)?.filter(
    value => !isDropped(value),
  );
  return { ...values, [field]: kept?.length ? kept : undefined };
}

/**
 * A filter that does not ask for one of its parts.
 *
 * @public
 */
export function withoutFilterPart(
  filter: AuditEventFilter,
  part: AuditEventFilterPart,
): AuditEventFilter {
  switch (part.kind) {
    case 'text':
    case 'harmful':
      return { ...filter, [part.kind]: undefined };
    case 'time':
      return { ...filter, from: undefined, to: undefined };
    case 'views':
      return {
        ...filter,
        not: withoutValues(filter.not ?? {}, 'types', isReadType),
      };
    default: {
      const { field, value, excluded } = part;
      const isDropped = (other: string) => other === value;
      return excluded
        ? {
            ...filter,
            not: withoutValues(filter.not ?? {}, field, isDropped),
          }
        : { ...filter, ...withoutValues(filter, field, isDropped) };
    }
  }
}

import { InputError } from '@backstage/errors';
import { ACTOR_TYPES, OUTCOMES } from '../events';
import type { AuditEventFilter, AuditEventValues } from './AuditEventFilter';
import { parseTimeBound } from './parseTimeBound';
import { searchWords } from './searchWords';

/** Most values of one parameter. */
const MAX_VALUES = 200;
/** Longest value and longest search text, in characters. */
const MAX_VALUE_LENGTH = 512;

/** Query parameters by the list of a filter that they fill. */
const PARAM_BY_FIELD: { [field in keyof AuditEventValues]-?: string } = {
  types: 'type',
  categories: 'category',
  actors: 'actor',
  actorTypes: 'actorType',
  resources: 'resource',
  workspaces: 'workspace',
  sources: 'source',
  outcomes: 'outcome',
};
const fields = Object.keys(PARAM_BY_FIELD) as (keyof AuditEventValues)[];

const LIST_PARAMS = Object.values(PARAM_BY_FIELD);

/**
 * Every query parameter that a filter is read from.
 *
 * @public
 */
export const AUDIT_EVENT_FILTER_PARAMS: readonly string[] = [
  ...LIST_PARAMS,
  ...LIST_PARAMS.map(param => `not.${param}`),
  ...['harmful', 'from', 'to', 'q'],
];

const ALLOWED: Record<string, readonly string[]> = {
  actorType: ACTOR_TYPES,
  outcome: OUTCOMES,
};

function readList(params: URLSearchParams, name: string): string[] | undefined {
  const values = [...new Set(params.getAll(name).filter(Boolean))];
  if (values.length > MAX_VALUES) {
    throw new InputError(`${name}: at most ${MAX_VALUES} values are taken`);
  }
  const allowed = ALLOWED[name.replace(/^not\./, '')];
  for (const value of values) {
    if (value.includes('\0')) {
      throw new InputError(`${name}: must not contain a NUL character`);
    }
    if (value.length > MAX_VALUE_LENGTH) {
      throw new InputError(
        `${name}: a value has at most ${MAX_VALUE_LENGTH} characters`,
      );
    }
    if (allowed && !allowed.includes(value)) {
      throw new InputError(
        `${name}: "${value}" is none of ${allowed.join(', ')}`,
      );
    }
  }
  return values.length > 0 ? values : undefined;
}

function readValues(params: URLSearchParams, prefix: string): AuditEventValues {
  const result: Record<string, string[]> = {};
  for (const field of fields) {
    const values = readList(params, `${prefix}${PARAM_BY_FIELD[field]}`);
    if (values) {
      result[field] = values;
    }
  }
  return result;
}

/**
 * Reads a filter from query parameters: `type`, `category`, `actor`,
 * `actorType`, `resource`, `workspace`, `source` and `outcome`, which may
 * repeat and may be excluded with `not.` before them; `harmful`, `from`, `to`
 * and `q`. Other parameters are left alone.
 *
 * @throws `InputError` that names the parameter
 * @public
 */
export function auditEventFilterFromParams(
  params: URLSearchParams,
): AuditEventFilter {
  const filter: AuditEventFilter = readValues(params, '');
  const not = readValues(params, 'not.');
  if (Object.keys(not).length > 0) {
    filter.not = not;
  }
  const harmful = params.get('harmful');
  if (harmful) {
    if (harmful !== 'true' && harmful !== 'false') {
      throw new InputError(`harmful: "${harmful}" is neither true nor false`);
    }
    filter.harmful = harmful === 'true';
  }
  const from = params.get('from');
  if (from) {
    filter.from = parseTimeBound(from, 'from');
  }
  const to = params.get('to');
  if (to) {
    filter.to = parseTimeBound(to, 'to');
  }
  if (filter.from && filter.to && filter.from > filter.to) {
    throw new InputError('from: must not be later than to');
  }
  const text = params.get('q')?.trim();
  if (text) {
    if (text.length > MAX_VALUE_LENGTH) {
      throw new InputError(`q: has at most ${MAX_VALUE_LENGTH} characters`);
    }
    if (searchWords(text).length === 0) {
      throw new InputError('q: has no letter and no digit to search for');
    }
    filter.text = text;
  }
  return filter;
}

/**
 * Writes a filter as query parameters; the reverse of
 * {@link auditEventFilterFromParams}.
 *
 * @public
 */
export function auditEventFilterToParams(
  filter: AuditEventFilter,
): URLSearchParams {
  const params = new URLSearchParams();
  for (const field of fields) {
    for (const value of filter[field] ?? []) {
      params.append(PARAM_BY_FIELD[field], value);
    }
    for (const value of filter.not?.[field] ?? []) {
      params.append(`not.${PARAM_BY_FIELD[field]}`, value);
    }
  }
  if (filter.harmful !== undefined) {
    params.set('harmful', String(filter.harmful));
  }
  if (filter.from) {
    params.set('from', filter.from);
  }
  if (filter.to) {
    params.set('to', filter.to);
  }
  if (filter.text) {
    params.set('q', filter.text);
  }
  return params;
}

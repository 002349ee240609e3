import { InputError } from '@backstage/errors';
import {
  AUDIT_EVENT_FILTER_PARAMS,
  auditEventFilterFromParams,
  auditEventFilterToParams,
} from '../filter';
import { DEFAULT_TIME_RANGE, RELATIVE_TIME_RANGES } from './timeRanges';

/** Longest query, in characters: what proxies take as a part of a URL. */
const MAX_QUERY_LENGTH = 8_000;

/** Parameters beside those of the filter, with the values that they take. */
const VIEW_PARAMS: [name: string, values: readonly string[]][] = [
  ['range', RELATIVE_TIME_RANGES],
  ['views', ['shown']],
  ['order', ['asc', 'desc']],
];

const ALL_PARAMS = [
  ...AUDIT_EVENT_FILTER_PARAMS,
  ...VIEW_PARAMS.map(([name]) => name),
];

/**
 * Reads what a view shows from the page's query parameters: those of the
 * filter, and `range`, `views` and `order`. A place in a list, such as a cursor
 * or an open event, is no part of a view.
 *
 * @returns the parameters in one spelling: equal for views that show the same,
 * with the time range named, so that it stays when the page's own changes
 * @throws `InputError` that names the parameter; one that is not known is a
 * fault too, for it would be lost in silence
 * @public
 */
export function readViewQuery(query: string): string {
  if (query.length > MAX_QUERY_LENGTH) {
    throw new InputError(
      `query: has at most ${MAX_QUERY_LENGTH.toLocaleString('en')} characters`,
    );
  }
  const params = new URLSearchParams(query);
  for (const name of params.keys()) {
    if (!ALL_PARAMS.includes(name)) {
      throw new InputError(
        `${name.slice(
          0,
          64,
        )}: is no part of a view; there are ${ALL_PARAMS.join(', ')}`,
      );
    }
  }
  const filter = auditEventFilterFromParams(params);
  const [range, views, order] = VIEW_PARAMS.map(([name, allowed]) =>
    readOne(params, name, allowed),
  );
  const fixed = filter.from || filter.to;
  if (range && fixed) {
    throw new InputError('range: cannot stand beside from or to');
  }
  const result = auditEventFilterToParams(filter);
  if (!fixed) {
    result.set('range', range ?? DEFAULT_TIME_RANGE);
  }
  if (views) {
    result.set('views', views);
  }
  if (order === 'asc') {
    result.set('order', order);
  }
  return sortValues(result).toString();
}

function readOne(
  params: URLSearchParams,
  name: string,
  allowed: readonly string[],
): string | undefined {
  const [value = '', ...others] = params.getAll(name);
  if (others.length > 0) {
    throw new InputError(`${name}: may be given once`);
  }
  if (value && !allowed.includes(value)) {
    throw new InputError(
      `${name}: "${value.slice(0, 64)}" is none of ${allowed.join(', ')}`,
    );
  }
  return value || undefined;
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/** The values of a list choose the same in any order. */
function sortValues(params: URLSearchParams): URLSearchParams {
  const entries = [...params].sort(([nameA, a], [nameB, b]) =>
    nameA === nameB ? compare(a, b) : compare(nameA, nameB),
  );
  return new URLSearchParams(entries);
}

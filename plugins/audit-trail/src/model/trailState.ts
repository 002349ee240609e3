import {
  AUDIT_EVENT_FILTER_PARAMS,
  auditEventFilterFromParams,
  auditEventFilterToParams,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import {
  DEFAULT_PRESET,
  isTimePreset,
  resolveTimeRange,
  type TimeRange,
} from './timeRange';

/** Events a page that a reader may choose. */
export const PAGE_SIZES = [25, 50, 100] as const;

const DEFAULT_PAGE_SIZE = 50;

/** A filter but for its time range. */
export type TrailFilter = Omit<AuditEventFilter, 'from' | 'to'>;

/** All that a view of the trail consists of; it stands in the URL. */
export interface TrailState {
  filter: TrailFilter;
  range: TimeRange;
  /** Whether who viewed the trail is listed among all the rest. */
  views: boolean;
  order: 'asc' | 'desc';
  limit: number;
  cursor?: string;
  /** Id of the event that is open in the drawer. */
  event?: string;
  /** What of the URL's filter could not be read, and is left out. */
  problem?: string;
}

/** What of a view a reader chooses events by. */
export type TrailChoice = Pick<TrailState, 'filter' | 'range' | 'views'>;

/** What is shown unless somebody chooses otherwise. */
export const DEFAULT_CHOICE: TrailChoice = {
  filter: {},
  range: { preset: DEFAULT_PRESET },
  views: false,
};

/** Query parameters that belong to the trail; others are left alone. */
const PARAMS = [
  ...AUDIT_EVENT_FILTER_PARAMS,
  ...['range', 'views', 'order', 'limit', 'cursor', 'event'],
];

/** Reads a view of the trail from a URL's query parameters. */
export function trailStateFromParams(params: URLSearchParams): TrailState {
  const limit = Number(params.get('limit'));
  const state: TrailState = {
    ...DEFAULT_CHOICE,
    views: params.get('views') === 'shown',
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
    limit: PAGE_SIZES.some(size => size === limit) ? limit : DEFAULT_PAGE_SIZE,
    cursor: params.get('cursor') || undefined,
    event: params.get('event') || undefined,
  };
  const { filter: read, problem } = readFilter(params);
  const { from, to, ...filter } = read;
  const preset = params.get('range');
  state.filter = filter;
  if (isTimePreset(preset)) {
    state.range = { preset };
  } else if (from || to) {
    state.range = { from, to };
  }
  if (problem) {
    state.problem = problem;
    state.cursor = undefined;
  }
  return state;
}

/** Reads a filter; a parameter that cannot be read leaves the others alone. */
function readFilter(params: URLSearchParams): {
  filter: AuditEventFilter;
  problem?: string;
} {
  const readable = new URLSearchParams(params);
  let problem: string | undefined;
  for (;;) {
    try {
      return { filter: auditEventFilterFromParams(readable), problem };
    } catch (error) {
      const { message } = error as Error;
      problem ??= message;
      // The message begins with the parameter's name.
      const name = message.slice(0, message.indexOf(':'));
      if (!readable.has(name)) {
        return { filter: {}, problem };
      }
      readable.delete(name);
    }
  }
}

/**
 * Writes a view of the trail into query parameters; what is as it would be
 * without a parameter is left out.
 *
 * @param base - parameters to keep, such as those of the page around
 */
export function trailStateToParams(
  state: TrailState,
  base: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
  const params = new URLSearchParams(base);
  PARAMS.forEach(name => params.delete(name));
  const { range } = state;
  auditEventFilterToParams({
    ...state.filter,
    ...(range.preset ? {} : resolveTimeRange(range)),
  }).forEach((value, name) => params.append(name, value));
  if (range.preset && range.preset !== DEFAULT_PRESET) {
    params.set('range', range.preset);
  }
  if (!range.preset && !range.from && !range.to) {
    params.set('range', 'all');
  }
  if (state.views) {
    params.set('views', 'shown');
  }
  if (state.order === 'asc') {
    params.set('order', 'asc');
  }
  if (state.limit !== DEFAULT_PAGE_SIZE) {
    params.set('limit', String(state.limit));
  }
  if (state.cursor) {
    params.set('cursor', state.cursor);
  }
  if (state.event) {
    params.set('event', state.event);
  }
  return params;
}

import {
  readViewQuery,
  type SavedView,
} from 'backstage-plugin-audit-trail-common';
import {
  trailStateFromParams,
  trailStateToParams,
  type TrailState,
} from './trailState';

/** Longest name of a view, in characters. */
export const MAX_VIEW_NAME_LENGTH = 80;

/** What of the page a view keeps. */
export type ViewedState = Pick<
  TrailState,
  'filter' | 'range' | 'views' | 'order'
>;

/** The page as a view shows it. */
export function stateOfView(view: Pick<SavedView, 'query'>): ViewedState {
  const { filter, range, views, order } = trailStateFromParams(
    new URLSearchParams(view.query),
  );
  return { filter, range, views, order };
}

/** What a view filters by; not when, nor in which order. */
export function filterOfView(
  view: Pick<SavedView, 'query'>,
): Pick<TrailState, 'filter' | 'views'> {
  const { filter, views } = stateOfView(view);
  return { filter, views };
}

/** The query of a view that shows what the page shows; or why there is none. */
export function viewQueryOf(state: ViewedState): {
  query?: string;
  problem?: string;
} {
  const { filter, range, views, order } = state;
  // Where one is in a list, and how much of it fits the screen, is no part.
  const page = trailStateFromParams(new URLSearchParams());
  const params = trailStateToParams({ ...page, filter, range, views, order });
  try {
    return { query: readViewQuery(params.toString()) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** Query parameters of the page that lead to what a view shows. */
export function linkParamsOf(view: Pick<SavedView, 'query'>): URLSearchParams {
  const page = trailStateFromParams(new URLSearchParams());
  return trailStateToParams({ ...page, ...stateOfView(view) });
}

/** Which of the saved views the page shows, and whether it was changed since. */
export interface CurrentView {
  view: SavedView;
  modified: boolean;
}

/**
 * The view that the page shows: one of that query, rather the one that was
 * applied last; else the one applied last, which was changed since.
 */
export function currentView(
  views: readonly SavedView[],
  query: string | undefined,
  appliedId: string | undefined,
): CurrentView | undefined {
  const applied = views.find(({ id }) => id === appliedId);
  const same =
    applied?.query === query
      ? applied
      : views.find(view => view.query === query);
  if (same && query !== undefined) {
    return { view: same, modified: false };
  }
  return applied && { view: applied, modified: true };
}

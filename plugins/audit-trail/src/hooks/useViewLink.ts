import { useMemo } from 'react';
import { useLocation } from 'react-router-dom';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { linkParamsOf } from '../model/savedViews';

/** The address of what a view shows, at the place that the reader is at. */
export function useViewLink(view: Pick<SavedView, 'query'>): string {
  const { pathname } = useLocation();
  const { query } = view;
  return useMemo(() => {
    // The portal may stand below a path of its own.
    const here = new URL(window.location.href);
    here.search = linkParamsOf({ query }).toString();
    here.hash = '';
    return here.toString();
    // The address is another as soon as the path is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [query, pathname]);
}

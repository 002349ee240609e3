import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { PageTab } from './usePageTabs';

/**
 * Shows the activity as it was before another tab of the page was shown: the
 * tabs themselves lead to addresses without a view.
 *
 * @param tab - the tab that is shown; none while the page is on its way to one
 * @returns whether the view is still to be shown
 */
export function useViewOfTab(tab: PageTab['id'] | undefined): boolean {
  const { search } = useLocation();
  const navigate = useNavigate();
  const shownRef = useRef({ tab, search });
  const before = shownRef.current;
  const isBack =
    tab === 'activity' && before.tab === 'forwarding' && search === '';
  const view = isBack ? before.search : '';

  useEffect(() => {
    if (view) {
      navigate({ search: view }, { replace: true });
    } else if (tab) {
      shownRef.current = {
        tab,
        search: tab === 'activity' ? search : shownRef.current.search,
      };
    }
  }, [navigate, search, tab, view]);

  return view !== '';
}

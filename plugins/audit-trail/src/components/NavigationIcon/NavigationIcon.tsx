import HistoryIcon from '@material-ui/icons/History';
import { useLayoutEffect, useRef } from 'react';
import { useAccess } from '../../hooks';

/**
 * The icon of the Audit Trail, which takes its navigation entry out of sight
 * for everyone whom the page does not serve.
 *
 * @remarks
 *
 * The new frontend system makes navigation entries of page extensions, once and
 * for all users alike: an entry knows its title, its icon and its target, and
 * nothing that could ask the backend. The `if` predicate of an extension asks
 * the permission policy, but the Owners' line is held by the backend also under
 * a policy that allows everything. So the entry's icon, the only component of
 * ours in there, hides the link around it until the backend has said that the
 * page serves the reader. This is a courtesy only: the backend decides on every
 * request, and the page itself tells who has no access.
 *
 * Outside of a navigation, as in the page's header, it is nothing but an icon.
 */
export function NavigationIcon() {
  const icon = useRef<SVGSVGElement>(null);
  const { value: access } = useAccess();
  const hidden = !access?.page;

  // In the layout phase, so that the entry never shows for a moment. React
  // sets only those styles of the link that it changes itself, and the sidebar
  // gives the link no `display`; where it mounts the icon anew, this runs anew.
  useLayoutEffect(() => {
    const entry = icon.current?.closest('nav')
      ? icon.current.closest<HTMLElement>('a, li, button')
      : undefined;
    if (!entry || !hidden) {
      return undefined;
    }
    entry.style.setProperty('display', 'none', 'important');
    return () => {
      entry.style.removeProperty('display');
    };
  }, [hidden]);

  return <HistoryIcon ref={icon} fontSize="inherit" />;
}

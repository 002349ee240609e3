import { useEffect } from 'react';
import { useHref, useLocation, useNavigate } from 'react-router-dom';
import { FORWARDING_PATH } from '../routes';

const EVENT_PATH = /^(.*)\/events\/([^/]+)\/?$/;

/** What follows the page's own path where one of its tabs is shown. */
const PATH_IN_PAGE = new RegExp(`(/${FORWARDING_PATH})?/?$`);

/** A part of a path; as it stands there if it was cut off in the midst. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Opens the event of the page's path `events/:id` in the drawer, which stands
 * in the query from then on.
 *
 * @returns whether the path is still on its way there
 */
export function useEventPathRedirect(): boolean {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const match = EVENT_PATH.exec(pathname);
  const base = match?.[1];
  const id = match && decoded(match[2]);

  useEffect(() => {
    if (base !== undefined && id) {
      const params = new URLSearchParams(search);
      params.set('event', id);
      navigate(
        { pathname: base || '/', search: params.toString() },
        { replace: true },
      );
    }
  }, [base, id, navigate, search]);

  return Boolean(match);
}

/**
 * The address of an event, to give to others.
 *
 * @param ownPath - whether events have a path of their own here, as they do on
 * the page; else the address is that of the drawer on the present view
 */
export function useEventAddress(id: string, ownPath: boolean): string {
  const { pathname } = useLocation();
  const event = encodeURIComponent(id);
  const href = useHref(
    ownPath
      ? `${pathname.replace(PATH_IN_PAGE, '')}/events/${event}`
      : `${pathname}?event=${event}`,
  );
  return `${window.location.origin}${href}`;
}

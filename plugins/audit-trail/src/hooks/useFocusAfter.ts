import { useEffect, useRef, type RefObject } from 'react';

/**
 * Gives the focus to a place once what was open there is closed, unless it went
 * to a part of that place already.
 *
 * @returns what to refer to the place by
 */
export function useFocusAfter<T extends HTMLElement>(
  opened: boolean,
): RefObject<T> {
  const place = useRef<T>(null);
  const openedRef = useRef(opened);
  useEffect(() => {
    const closed = openedRef.current && !opened;
    openedRef.current = opened;
    if (closed && !place.current?.contains(document.activeElement)) {
      place.current?.focus();
    }
  }, [opened]);
  return place;
}

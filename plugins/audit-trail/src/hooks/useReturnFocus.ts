import { useCallback, useEffect, useRef } from 'react';

/**
 * Gives the focus back to what had it before something was opened.
 *
 * @param opened - whether it is open
 * @returns what to call when it is about to be opened
 */
export function useReturnFocus(opened: boolean): () => void {
  const fromRef = useRef<Element | null>(null);
  useEffect(() => {
    if (!opened && fromRef.current instanceof HTMLElement) {
      fromRef.current.focus();
      fromRef.current = null;
    }
  }, [opened]);
  return useCallback(() => {
    fromRef.current = document.activeElement;
  }, []);
}

import type { RefObject } from 'react';
import { useShortcut } from './useShortcut';

/** Lets `/` lead to a search field from wherever nothing is being typed. */
export function useSearchShortcut(field: RefObject<HTMLInputElement>): void {
  useShortcut('/', () => {
    field.current?.focus();
    field.current?.select();
  });
}

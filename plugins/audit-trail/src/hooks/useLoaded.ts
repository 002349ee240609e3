import { useCallback, useEffect, useRef, useState } from 'react';

/** Something that is loaded from the backend. */
export interface Loaded<T> {
  /** The last that was loaded; kept while other data is on its way. */
  value?: T;
  /** Why the last request failed. */
  error?: Error;
  loading: boolean;
  /** Asks again. */
  retry(): void;
}

/**
 * Loads what a key stands for, anew whenever the key changes. An answer that
 * comes after the key has changed is dropped; what is there stays there until
 * something newer comes.
 *
 * @param key - what to load; nothing is loaded without one
 * @param initial - what is known of it before
 */
export function useLoaded<T>(
  key: string | undefined,
  load: () => Promise<T>,
  initial?: T,
): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<{
    run?: string;
    value?: T;
    error?: Error;
  }>({ value: initial });
  const loadRef = useRef(load);
  loadRef.current = load;
  const run = key === undefined ? undefined : `${attempt}:${key}`;

  useEffect(() => {
    if (run === undefined) {
      return undefined;
    }
    let current = true;
    loadRef.current().then(
      value => current && setSettled({ run, value }),
      error => current && setSettled(old => ({ ...old, run, error })),
    );
    return () => {
      current = false;
    };
  }, [run]);

  const retry = useCallback(() => setAttempt(old => old + 1), []);
  const loading = run !== undefined && settled.run !== run;
  return {
    value: settled.value,
    error: loading ? undefined : settled.error,
    loading,
    retry,
  };
}

import { useCallback, useRef, useState } from 'react';

/** Something that is done on demand, and how it went last. */
export interface Action<Args extends unknown[], Result> {
  running: boolean;
  result?: Result;
  error?: Error;
  /** Does it; tells whether it could be done. */
  run(...args: Args): Promise<boolean>;
  /** Forgets how it went. */
  reset(): void;
}

/** Does something on demand. What was started last is what counts. */
export function useAction<Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): Action<Args, Result> {
  const [state, setState] = useState<{
    running: boolean;
    result?: Result;
    error?: Error;
  }>({ running: false });
  const workRef = useRef(work);
  workRef.current = work;
  const turnRef = useRef(0);

  const run = useCallback(async (...args: Args) => {
    turnRef.current += 1;
    const turn = turnRef.current;
    setState({ running: true });
    try {
      const result = await workRef.current(...args);
      if (turn === turnRef.current) {
        setState({ running: false, result });
      }
      return true;
    } catch (error) {
      if (turn === turnRef.current) {
        setState({ running: false, error: error as Error });
      }
      return false;
    }
  }, []);

  const reset = useCallback(() => {
    turnRef.current += 1;
    setState({ running: false });
  }, []);

  return { ...state, run, reset };
}

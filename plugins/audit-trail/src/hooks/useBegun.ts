import { useEffect, useState } from 'react';

/**
 * Whether a component has been there for a moment, in which its hooks have asked
 * for what it shows. Whoever renders the rest only then has the answers sooner, by
 * as long as that takes.
 */
export function useBegun(): boolean {
  const [begun, setBegun] = useState(false);
  useEffect(() => setBegun(true), []);
  return begun;
}

import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';

/**
 * A choice of the reader that is remembered for them, on all their pages.
 *
 * @param key - what it is stored by
 * @param read - makes the choice of what is stored, or of nothing; must not be
 * another function on each rendering
 */
export function useRemembered<T extends boolean | string | string[]>(
  key: string,
  read: (stored: unknown) => T,
): [T, (next: T) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('audit-trail'), [storage]);
  const [value, setValue] = useState(() => read(bucket.snapshot(key).value));

  useEffect(() => {
    const subscription = bucket
      .observe$(key)
      .subscribe(snapshot => setValue(read(snapshot.value)));
    return () => subscription.unsubscribe();
  }, [bucket, key, read]);

  const change = useCallback(
    (next: T) => {
      setValue(next);
      bucket.set(key, next);
    },
    [bucket, key],
  );
  return [value, change];
}

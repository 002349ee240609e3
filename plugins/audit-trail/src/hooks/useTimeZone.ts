import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { TimeZone } from '../model/times';

const KEY = 'timeZone';

const zoneOf = (value: unknown): TimeZone =>
  value === 'utc' ? 'utc' : 'local';

/** The zone that the reader wants times in; remembered for them. */
export function useTimeZone(): [TimeZone, (zone: TimeZone) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('audit-trail'), [storage]);
  const [zone, setZone] = useState(() => zoneOf(bucket.snapshot(KEY).value));

  useEffect(() => {
    const subscription = bucket
      .observe$(KEY)
      .subscribe(snapshot => setZone(zoneOf(snapshot.value)));
    return () => subscription.unsubscribe();
  }, [bucket]);

  const change = useCallback(
    (next: TimeZone) => {
      setZone(next);
      bucket.set(KEY, next);
    },
    [bucket],
  );
  return [zone, change];
}

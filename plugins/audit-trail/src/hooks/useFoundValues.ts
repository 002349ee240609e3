import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AuditEventFilter,
  AuditEventSearchField,
  FoundFacetValues,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded } from './useLoaded';

/** How long somebody has to pause until what they typed is looked for. */
const PAUSE_MS = 250;
/** Longest text that is looked for. */
const MAX_LENGTH = 100;

/** What values are looked for among. */
export interface ValueSearch {
  filter: AuditEventFilter;
  entityRef?: string;
}

/** Values that have been found for what somebody types. */
export interface FoundValues {
  /** Those of what is typed now; empty while they are looked for. */
  value?: FoundFacetValues;
  error?: Error;
  /** Whether they are being looked for, or about to be. */
  loading: boolean;
}

/** Looks for values of a field among all events, as somebody types. */
export function useFoundValues(
  field: AuditEventSearchField,
  typed: string,
  search: ValueSearch,
): FoundValues {
  const api = useApi(auditTrailApiRef);
  const text = typed.trim().slice(0, MAX_LENGTH);
  const [find, setFind] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setFind(text), text ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [text]);

  const request = { ...search, field, find };
  // What is chosen of the field itself makes no difference to what is found.
  const { filter, entityRef } = search;
  const others = {
    ...filter,
    [field]: undefined,
    not: { ...filter.not, [field]: undefined },
  };
  const key = find
    ? JSON.stringify([field, find, others, entityRef])
    : undefined;
  const loaded = useLoaded(key, async () => ({
    key,
    found: await api.findFacetValues(request),
  }));
  const settled = find === text && loaded.value?.key === key;
  return {
    value: text && settled ? loaded.value?.found : undefined,
    error: text && find === text ? loaded.error : undefined,
    loading: Boolean(text) && (find !== text || loaded.loading),
  };
}

import {
  segmentAppUrl,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import { useAccess } from './useAccess';

/** The page in the Segment app that an event leads to, if it is Segment's. */
export function useSegmentUrl(event: AuditEvent): string | undefined {
  const { value, loading } = useAccess();
  // Without an answer, Segment's own words lead to the reader's workspace.
  return loading && !value
    ? undefined
    : segmentAppUrl(event, value?.segmentWorkspaces);
}

import Typography from '@material-ui/core/Typography';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import { useMatchCount } from '../../hooks';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import { resolveTimeRange } from '../../model/timeRange';

/** Tells how much a filter lets through, by what happened of late. */
export function MatchPreview(props: { filter: AuditEventFilter }) {
  const { value, error, loading } = useMatchCount({
    ...props.filter,
    ...resolveTimeRange({ preset: '7d' }),
    to: undefined,
  });
  const text = () => {
    if (error) {
      return `How many events match could not be counted: ${errorReason(
        error,
      )}`;
    }
    return value && !loading
      ? `Of the last 7 days it would have sent ${eventCountLabel(
          value.totalItems,
          value.totalItemsCapped,
        )}.`
      : 'Counting the events that match …';
  };
  return (
    <Typography variant="body2" color="textSecondary" role="status">
      {text()}
    </Typography>
  );
}

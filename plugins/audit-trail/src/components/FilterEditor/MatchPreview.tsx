import Typography from '@material-ui/core/Typography';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import { useMatchCount, useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import { resolveTimeRange } from '../../model/timeRange';

/** Tells how much a filter lets through, by what happened of late. */
export function MatchPreview(props: {
  destinationId: string;
  filter: AuditEventFilter;
}) {
  const { t } = useTranslation();
  const { from } = resolveTimeRange({ preset: '7d' });
  const { value, error, loading } = useMatchCount(props.destinationId, {
    filter: { ...props.filter, from: undefined, to: undefined },
    since: from!,
  });
  const text = () => {
    if (error) {
      return t('filterEditor.countFailed', { reason: errorReason(t, error) });
    }
    return value && !loading
      ? t('filterEditor.counted', {
          events: eventCountLabel(t, value.totalItems, value.totalItemsCapped),
        })
      : t('filterEditor.counting');
  };
  return (
    <Typography variant="body2" color="textSecondary" role="status">
      {text()}
    </Typography>
  );
}

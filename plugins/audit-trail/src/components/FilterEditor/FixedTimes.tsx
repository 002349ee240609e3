import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../hooks';
import type { TimeBounds } from '../../model/timeRange';
import { shortTime, type TimeZone } from '../../model/times';

/**
 * The times that a filter of app-config may be bound to. They are shown and can
 * be dropped, but not chosen: what goes to a destination has no end.
 */
export function FixedTimes(props: {
  bounds: TimeBounds;
  zone: TimeZone;
  now: number;
  onChange(bounds: TimeBounds): void;
}) {
  const { bounds, zone, now, onChange } = props;
  const { t } = useTranslation();
  const { from, to } = bounds;
  if (!from && !to) {
    return null;
  }
  const since = from && shortTime(t, from, zone, now);
  const until = to && shortTime(t, to, zone, now);
  const text = () => {
    if (since && until) {
      return t('filterEditor.onlyBetween', { from: since, to: until });
    }
    return since
      ? t('filterEditor.onlySince', { from: since })
      : t('filterEditor.onlyUntil', { to: until! });
  };
  return (
    <Typography variant="body2">
      {text()}{' '}
      <Button size="small" onClick={() => onChange({})}>
        {t('filterEditor.atAnyTime')}
      </Button>
    </Typography>
  );
}

import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
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
  const { from, to } = bounds;
  if (!from && !to) {
    return null;
  }
  return (
    <Typography variant="body2">
      Only events
      {from && ` since ${shortTime(from, zone, now)}`}
      {to && ` until ${shortTime(to, zone, now)}`}{' '}
      <Button size="small" onClick={() => onChange({})}>
        At any time
      </Button>
    </Typography>
  );
}

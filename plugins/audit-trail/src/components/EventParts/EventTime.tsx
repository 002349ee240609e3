import { useTranslation } from '../../hooks';
import { relativeTime, shortTime, type TimeZone } from '../../model/times';
import { TimeText } from './TimeText';

const DAY = 24 * 60 * 60 * 1_000;

/**
 * How long ago something happened; the exact time stands in the tooltip.
 *
 * @param props - with a zone, what is older than a day has its date instead:
 * `2 days ago` would not tell one event from the next
 */
export function EventTime(props: {
  time: string;
  now: number;
  zone?: TimeZone;
}) {
  const { time, now, zone } = props;
  const { t } = useTranslation();
  const old = now - Date.parse(time) > DAY;
  return (
    <TimeText time={time} now={now}>
      {zone && old ? shortTime(t, time, zone, now) : relativeTime(t, time, now)}
    </TimeText>
  );
}

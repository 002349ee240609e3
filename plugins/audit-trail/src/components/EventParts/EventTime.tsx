import {
  relativeTime,
  shortTime,
  timeTooltip,
  type TimeZone,
} from '../../model/times';

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
  const old = now - Date.parse(time) > DAY;
  return (
    <time dateTime={time} title={timeTooltip(time)}>
      {zone && old ? shortTime(time, zone, now) : relativeTime(time, now)}
    </time>
  );
}

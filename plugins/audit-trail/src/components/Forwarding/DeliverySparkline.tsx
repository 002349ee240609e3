import type { DestinationHour } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { failedCallsLabel, hourTotals } from '../../model/destinationLabels';
import { numberLabel } from '../../model/labels';
import { shortTime, type TimeZone } from '../../model/times';
import type { Translate } from '../../translation';
import { Sparkline } from '../Sparkline';

const deliveredLabel = (t: Translate, count: number) =>
  t('destination.delivered', { number: numberLabel(t, count) });

/** The numbers of a sparkline in words. */
export function sparklineLabel(
  t: Translate,
  hours: readonly DestinationHour[],
): string {
  const { delivered, failed } = hourTotals(hours);
  const best = Math.max(...hours.map(hour => hour.delivered), 0);
  const failedHours = hours.filter(hour => hour.failed > 0).length;
  return [
    t('destination.deliveredLabel', {
      delivered: deliveredLabel(t, delivered),
    }),
    best > 0 && t('destination.atMost', { number: numberLabel(t, best) }),
    failed > 0 &&
      t('destination.failedIn', {
        failedCalls: failedCallsLabel(t, failed),
        some: numberLabel(t, failedHours),
        all: numberLabel(t, hours.length),
      }),
  ]
    .filter(Boolean)
    .join('; ');
}

/** What was delivered, hour by hour; a triangle marks hours with failures. */
export function DeliverySparkline(props: {
  hours: readonly DestinationHour[];
  now: number;
  zone: TimeZone;
}) {
  const { hours, now, zone } = props;
  const { t } = useTranslation();
  return (
    <Sparkline
      label={sparklineLabel(t, hours)}
      bars={hours.map(({ hour, delivered, failed }) => ({
        id: hour,
        value: delivered,
        marked: failed > 0,
        title: [
          t('destination.hourFrom', { time: shortTime(t, hour, zone, now) }),
          deliveredLabel(t, delivered),
          failed > 0 && failedCallsLabel(t, failed),
        ]
          .filter(Boolean)
          .join(', '),
      }))}
    />
  );
}

import type { Destination } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { failedCallsLabel, hourTotals } from '../../model/destinationLabels';
import { durationLabel } from '../../model/durations';
import { numberLabel } from '../../model/labels';
import type { TimeZone } from '../../model/times';
import { EventTime } from '../EventParts';
import { DeliverySparkline } from './DeliverySparkline';
import { useRowStyles } from './useRowStyles';

/** The numbers of a destination. */
export function DestinationFacts(props: {
  destination: Destination;
  now: number;
  zone: TimeZone;
}) {
  const { destination, now, zone } = props;
  const { hours, lagSeconds, lastSuccessAt, pending, pendingCapped } =
    destination;
  const classes = useRowStyles();
  const { t } = useTranslation();
  const { delivered, failed } = hourTotals(hours);
  return (
    <>
      <dl className={`${classes.chart} ${classes.fact}`}>
        <dt>{t('destination.deliveredIn24h')}</dt>
        <dd>
          {numberLabel(t, delivered)}
          {failed > 0 && `, ${failedCallsLabel(t, failed)}`}
        </dd>
        <dd>
          <DeliverySparkline hours={hours} now={now} zone={zone} />
        </dd>
      </dl>
      <dl className={`${classes.success} ${classes.fact}`}>
        <dt>{t('destination.lastSuccess')}</dt>
        <dd>
          {lastSuccessAt ? (
            <EventTime time={lastSuccessAt} now={now} />
          ) : (
            t('destination.noneYet')
          )}
        </dd>
      </dl>
      <dl className={`${classes.waiting} ${classes.fact}`}>
        <dt>{t('destination.waiting')}</dt>
        <dd>
          {pendingCapped
            ? t('count.moreThan', { number: numberLabel(t, pending) })
            : numberLabel(t, pending)}
        </dd>
        {pending > 0 && (
          <dd className={classes.quiet}>
            {t('destination.waitingFor', {
              duration: durationLabel(t, lagSeconds),
            })}
          </dd>
        )}
      </dl>
    </>
  );
}

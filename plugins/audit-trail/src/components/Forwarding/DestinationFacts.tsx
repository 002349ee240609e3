import type { Destination } from 'backstage-plugin-audit-trail-common';
import { failedCallsLabel, hourTotals } from '../../model/destinationLabels';
import { durationLabel } from '../../model/durations';
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
  const { delivered, failed } = hourTotals(hours);
  return (
    <>
      <dl className={`${classes.chart} ${classes.fact}`}>
        <dt>Delivered in 24 hours</dt>
        <dd>
          {delivered.toLocaleString('en')}
          {failed > 0 && `, ${failedCallsLabel(failed)}`}
        </dd>
        <dd>
          <DeliverySparkline hours={hours} now={now} zone={zone} />
        </dd>
      </dl>
      <dl className={`${classes.success} ${classes.fact}`}>
        <dt>Last success</dt>
        <dd>
          {lastSuccessAt ? (
            <EventTime time={lastSuccessAt} now={now} />
          ) : (
            'none yet'
          )}
        </dd>
      </dl>
      <dl className={`${classes.waiting} ${classes.fact}`}>
        <dt>Waiting</dt>
        <dd>
          {pendingCapped && 'more than '}
          {pending.toLocaleString('en')}
        </dd>
        {pending > 0 && (
          <dd className={classes.quiet}>for {durationLabel(lagSeconds)}</dd>
        )}
      </dl>
    </>
  );
}

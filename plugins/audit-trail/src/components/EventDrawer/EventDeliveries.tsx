import Button from '@material-ui/core/Button';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Delivery,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import { useEventDeliveries, useNow, useTranslation } from '../../hooks';
import { attemptsLabel, waitingReason } from '../../model/deliveryLabels';
import { errorReason } from '../../model/errors';
import {
  clockTime,
  fullTime,
  isSameDay,
  type TimeZone,
} from '../../model/times';
import { TimeText } from '../EventParts';
import { useDrawerStyles } from './useDrawerStyles';

const ICONS = {
  pending: ScheduleIcon,
  delivered: CheckCircleIcon,
  dead: ErrorIcon,
  skipped: BlockIcon,
};

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    icon: { fontSize: '1.125rem', flexShrink: 0 },
    pending: { color: theme.palette.text.secondary },
    delivered: { color: theme.palette.success.main },
    dead: { color: theme.palette.error.main },
    skipped: { color: theme.palette.text.secondary },
  }),
  { name: 'AuditTrailEventDeliveries' },
);

function DeliveryItem(props: {
  delivery: Delivery;
  destination: Destination | undefined;
  /** When the event was recorded. */
  recordedAt: string;
  zone: TimeZone;
}) {
  const { delivery, destination, recordedAt, zone } = props;
  const { at, attempts, error, state } = delivery;
  const classes = { ...useDrawerStyles(), ...useStyles() };
  const { t } = useTranslation();
  const now = useNow();
  const Icon = ICONS[state];
  const time = (
    <TimeText time={at} now={now}>
      {isSameDay(at, recordedAt, zone)
        ? clockTime(t, at, zone)
        : fullTime(t, at, zone)}
    </TimeText>
  );
  const attemptsText = attemptsLabel(t, delivery);
  const waitsForRetry = state === 'pending' && attempts > 0;
  const stateText = () => {
    if (state === 'pending') {
      return waitsForRetry
        ? t('delivery.pendingUntil', { time })
        : t('delivery.pending');
    }
    return t(`delivery.${state}`, { time });
  };
  return (
    <li>
      <div className={classes.fact}>
        <Icon className={`${classes.icon} ${classes[state]}`} aria-hidden />
        <span>{destination?.title ?? delivery.destinationId}</span>
        <span className={state === 'dead' ? undefined : classes.quiet}>
          {stateText()}
          {attemptsText && `, ${attemptsText}`}
          {state === 'pending' && destination && waitingReason(t, destination)}
        </span>
      </div>
      {error && (state === 'dead' || state === 'skipped' || waitsForRetry) && (
        <div className={classes.quiet}>{error}</div>
      )}
    </li>
  );
}

/**
 * Where an event was sent, for Owners; nothing where nothing is sent at all.
 */
export function EventDeliveries(props: {
  eventId: string;
  recordedAt: string;
  zone: TimeZone;
}) {
  const { eventId, recordedAt, zone } = props;
  const classes = { ...useDrawerStyles(), ...useStyles() };
  const { t } = useTranslation();
  const { value, error, retry } = useEventDeliveries(eventId);
  if (value?.destinations.length === 0 || (!value && !error)) {
    return null;
  }
  return (
    <>
      <dt>{t('delivery.label')}</dt>
      <dd>
        {value && value.deliveries.length === 0 && (
          <span className={classes.quiet}>{t('delivery.none')}</span>
        )}
        {value && value.deliveries.length > 0 && (
          <ul className={classes.list} aria-label={t('delivery.list')}>
            {value.deliveries.map(delivery => (
              <DeliveryItem
                key={delivery.destinationId}
                delivery={delivery}
                destination={value.destinations.find(
                  ({ id }) => id === delivery.destinationId,
                )}
                recordedAt={recordedAt}
                zone={zone}
              />
            ))}
          </ul>
        )}
        {error && (
          <span className={classes.quiet} role="alert">
            {t('delivery.loadFailed', { reason: errorReason(t, error) })}{' '}
            <Button size="small" onClick={retry}>
              {t('common.retry')}
            </Button>
          </span>
        )}
      </dd>
    </>
  );
}

import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  useAuditEvent,
  useFocusAfter,
  useNow,
  useTimeZone,
  useTrailUrlState,
  useTranslation,
} from '../../hooks';
import { statusOf } from '../../model/errors';
import { EventDrawer } from '../EventDrawer';
import { RetryAlert } from '../RetryAlert';

const useStyles = makeStyles(
  { root: { outline: 'none' } },
  { name: 'AuditTrailLinkedEvent' },
);

/**
 * The event that a link leads to, for those whom the page does not serve: they
 * may see it all the same if it happened to something that they own.
 */
export function LinkedEvent() {
  const { state, close } = useTrailUrlState(false);
  const classes = useStyles();
  const { t } = useTranslation();
  const [zone] = useTimeZone();
  const now = useNow();
  const event = useAuditEvent(state.event);
  const { error, retry } = event;
  const place = useFocusAfter<HTMLDivElement>(Boolean(state.event));
  return (
    <div ref={place} className={classes.root} tabIndex={-1}>
      {state.event && statusOf(error) === 404 && (
        <Typography variant="body2" color="textSecondary">
          {t('page.linkNotYours')}
        </Typography>
      )}
      {state.event && error && statusOf(error) !== 404 && (
        <RetryAlert what={t('page.linkFailed')} error={error} onRetry={retry} />
      )}
      <EventDrawer
        id={event.value && state.event}
        event={event}
        now={now}
        zone={zone}
        ownPath
        onClose={close}
      />
    </div>
  );
}

import Typography from '@material-ui/core/Typography';
import {
  useAuditEvent,
  useNow,
  useTimeZone,
  useTrailUrlState,
  useTranslation,
} from '../../hooks';
import { statusOf } from '../../model/errors';
import { EventDrawer } from '../EventDrawer';
import { RetryAlert } from '../RetryAlert';

/**
 * The event that a link leads to, for those whom the page does not serve: they
 * may see it all the same if it happened to something that they own.
 */
export function LinkedEvent() {
  const { state, close } = useTrailUrlState(false);
  const { t } = useTranslation();
  const [zone] = useTimeZone();
  const now = useNow();
  const event = useAuditEvent(state.event);
  const { error, retry } = event;
  return (
    <>
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
    </>
  );
}

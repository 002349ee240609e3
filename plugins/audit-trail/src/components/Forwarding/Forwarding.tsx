import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import RefreshIcon from '@material-ui/icons/Refresh';
import type {
  AuditEvent,
  Destination,
} from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import {
  useAuditEvent,
  useDestinations,
  useFacets,
  useForwardingUrl,
  useNow,
  useReturnFocus,
  useTimeZone,
  useTrailUrlState,
  useTranslation,
} from '../../hooks';
import { hasNamedValues } from '../../model/destinationFilter';
import { destinationsSummary } from '../../model/destinationLabels';
import { clockTime } from '../../model/times';
import { EventDrawer } from '../EventDrawer';
import { RetryAlert } from '../RetryAlert';
import { TimeZoneToggle } from '../TimeZoneToggle';
import { DestinationRow } from './DestinationRow';
import { DestinationSkeletons } from './DestinationSkeletons';
import { NoDestinations } from './NoDestinations';
import { useRowStyles } from './useRowStyles';

const SKELETON_ROWS = 3;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      minWidth: 0,
      // What is no text of the theme's own has the same letters.
      fontFamily: theme.typography.fontFamily,
    },
    summary: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 48,
      padding: theme.spacing(1, 1.5, 1, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    count: { marginRight: 'auto' },
  }),
  { name: 'AuditTrailForwarding' },
);

const NONE: readonly Destination[] = [];

/** Where the trail is sent, and how that goes. */
export function Forwarding() {
  const classes = useStyles();
  const { t } = useTranslation();
  const rowClasses = useRowStyles();
  const [zone, setZone] = useTimeZone();
  const destinations = useDestinations();
  const { value, at, error, refresh } = destinations;
  // The clock of the page moves on slowly, that of the answers with each one.
  const now = Math.max(useNow(), at);
  const url = useForwardingUrl();
  const trail = useTrailUrlState(false);
  const [opened, setOpened] = useState<AuditEvent[]>([]);
  const event = useAuditEvent(trail.state.event, opened);
  const rememberFocus = useReturnFocus(Boolean(trail.state.event));
  const facets = useFacets({
    filter: {},
    enabled: (value ?? NONE).some(({ filter }) => hasNamedValues(filter)),
  });

  return (
    <div className={classes.root}>
      {error && (
        <RetryAlert
          what={
            value
              ? t('destination.outdated', {
                  time: clockTime(t, new Date(at).toISOString(), zone),
                })
              : t('destination.loadFailed')
          }
          error={error}
          onRetry={refresh}
        />
      )}
      {value?.length === 0 && <NoDestinations />}
      {value?.length !== 0 && (value || !error) && (
        <Paper>
          <div className={classes.summary}>
            <Typography className={classes.count} variant="body2" role="status">
              {value ? destinationsSummary(t, value) : t('destination.loading')}
            </Typography>
            <TimeZoneToggle zone={zone} onZone={setZone} />
            <IconButton
              size="small"
              aria-label={t('common.refresh')}
              title={t('common.refresh')}
              onClick={refresh}
            >
              <RefreshIcon />
            </IconButton>
          </div>
          {value ? (
            <ul className={rowClasses.list} aria-label={t('destination.list')}>
              {value.map(destination => (
                <DestinationRow
                  key={destination.id}
                  destination={destination}
                  now={now}
                  zone={zone}
                  onZone={setZone}
                  names={{ facets: facets.value }}
                  unfolded={url.deadLetters === destination.id}
                  onUnfold={unfolded =>
                    url.showDeadLetters(unfolded ? destination.id : undefined)
                  }
                  onUpdated={destinations.replace}
                  onRedriven={refresh}
                  onOpenEvent={letter => {
                    rememberFocus();
                    setOpened([letter]);
                    trail.open(letter.id);
                  }}
                />
              ))}
            </ul>
          ) : (
            <DestinationSkeletons rows={SKELETON_ROWS} />
          )}
        </Paper>
      )}
      <EventDrawer
        id={trail.state.event}
        event={event}
        now={now}
        zone={zone}
        ownPath
        onClose={trail.close}
      />
    </div>
  );
}

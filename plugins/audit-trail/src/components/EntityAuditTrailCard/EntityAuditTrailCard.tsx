import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  useAccess,
  useCoverage,
  useEntityEvents,
  useEntityTrailLink,
  useNow,
  useTimeZone,
  useTranslation,
} from '../../hooks';
import { servesReader } from '../../model/entityAccess';
import { actorName, lastChangeSentence } from '../../model/labels';
import { completeSince } from '../../model/coverageLabels';
import { shortTime } from '../../model/times';
import { EventTime, HarmfulIcon } from '../EventParts';
import { RetryAlert } from '../RetryAlert';
import { EntityActivity } from './EntityActivity';

const LATEST = 5;
const ROW_HEIGHT = 36;

const useStyles = makeStyles(
  theme => ({
    summary: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
    },
    list: { listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 },
    row: {
      display: 'grid',
      gridTemplateColumns: '96px minmax(0, 3fr) minmax(0, 2fr)',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      height: ROW_HEIGHT,
      paddingLeft: theme.spacing(1),
      borderTop: `1px solid ${theme.palette.divider}`,
      borderLeft: '3px solid transparent',
      fontFamily: theme.typography.fontFamily,
      fontSize: '0.875rem',
      whiteSpace: 'nowrap',
    },
    harmful: { borderLeftColor: theme.palette.error.main },
    quiet: { color: theme.palette.text.secondary },
    event: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      minWidth: 0,
    },
    text: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  }),
  { name: 'AuditTrailEntityCard' },
);

function Loading() {
  const { t } = useTranslation();
  return (
    <div aria-busy aria-label={t('card.loading')}>
      {Array.from({ length: LATEST }, (_, row) => (
        <Skeleton key={row} height={ROW_HEIGHT} />
      ))}
    </div>
  );
}

/** That nothing happened, as far as it is known. */
function NoChanges() {
  const { t } = useTranslation();
  const now = useNow();
  const [zone] = useTimeZone();
  const { value } = useCoverage();
  const since = completeSince(value?.items ?? []);
  const { value: access } = useAccess();
  // What is looked at, unless events are kept for a shorter time.
  const days = String(Math.min(90, access?.retentionDays ?? 90));
  return (
    <Typography color="textSecondary">
      {since
        ? t('card.noneAndComplete', {
            days,
            since: shortTime(t, since, zone, now),
          })
        : t('card.none', { days })}
    </Typography>
  );
}

function LatestEvents() {
  const { entity } = useEntity();
  const classes = useStyles();
  const { t } = useTranslation();
  const now = useNow();
  const link = useEntityTrailLink();
  const entityRef = stringifyEntityRef(entity);
  const { value, error, retry } = useEntityEvents(entityRef, LATEST);
  if (error && !value) {
    return (
      <RetryAlert what={t('card.loadFailed')} error={error} onRetry={retry} />
    );
  }
  if (!value) {
    return <Loading />;
  }
  const [last] = value.items;
  if (!last) {
    return <NoChanges />;
  }
  return (
    <>
      <div className={classes.summary}>
        <Typography variant="body2">
          {lastChangeSentence(t, last, entityRef, now)}
        </Typography>
        <EntityActivity entityRef={entityRef} />
      </div>
      <ul className={classes.list}>
        {value.items.map(event => (
          <li
            key={event.id}
            className={`${classes.row} ${event.harmful ? classes.harmful : ''}`}
          >
            <span className={classes.quiet}>
              <EventTime time={event.occurredAt} now={now} />
            </span>
            <span className={classes.event}>
              {event.harmful && <HarmfulIcon />}
              <span className={classes.text} title={event.label}>
                {link ? (
                  <Link to={link(event.id)}>{event.label}</Link>
                ) : (
                  event.label
                )}
              </span>
            </span>
            <span
              className={`${classes.text} ${classes.quiet}`}
              title={actorName(event.actor)}
            >
              {actorName(event.actor)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/**
 * The latest changes of an entity, with the way to all of them; nothing for
 * those whom the trail does not serve on it.
 */
export function EntityAuditTrailCard() {
  const { entity } = useEntity();
  const { t } = useTranslation();
  const { value: access, error } = useAccess();
  const link = useEntityTrailLink();
  if (!servesReader(access, entity)) {
    return null;
  }
  return (
    <InfoCard
      title={t('page.title')}
      titleTypographyProps={{ component: 'h3' }}
      deepLink={link && { title: t('card.viewAll'), link: link() }}
    >
      {access || error ? (
        <LatestEvents key={stringifyEntityRef(entity)} />
      ) : (
        <Loading />
      )}
    </InfoCard>
  );
}

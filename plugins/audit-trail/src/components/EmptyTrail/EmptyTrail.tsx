import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import HistoryIcon from '@material-ui/icons/History';
import SearchIcon from '@material-ui/icons/Search';
import { CodeSnippet } from '@backstage/core-components';
import type { AuditEventFilter } from 'backstage-plugin-audit-trail-common';
import {
  useTranslation,
  useWaysOut,
  type TrailUrlState,
  type WayOut,
} from '../../hooks';
import { withoutActiveFilter } from '../../model/activeFilters';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import { DEFAULT_CHOICE } from '../../model/trailState';
import { errorText } from '../EventParts';
import { filterChipLabel, type KnownNames } from '../FilterChips';
import { StatePanel } from '../StatePanel';

const SEGMENT_CONFIG = `auditTrail:
  intake:
    segment:
      secret: \${SEGMENT_WEBHOOK_SECRET}`;

const AUDITOR_LINE = `backend.add(import('backstage-plugin-audit-trail-node/auditor'))`;

const useStyles = makeStyles(
  theme => ({
    ways: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'center',
      gap: theme.spacing(1),
    },
    way: { textTransform: 'none' },
    error: { color: errorText(theme) },
  }),
  { name: 'AuditTrailEmptyTrail' },
);

function NothingYet(props: { scoped: boolean }) {
  const { t } = useTranslation();
  if (props.scoped) {
    return (
      <StatePanel icon={<HistoryIcon />} title={t('empty.entityTitle')}>
        <Typography>{t('empty.entity')}</Typography>
      </StatePanel>
    );
  }
  return (
    <StatePanel icon={<HistoryIcon />} title={t('empty.title')}>
      <Typography>
        {t('empty.connect', {
          path: <code>/api/audit-trail/v1/intake/segment</code>,
        })}
      </Typography>
      <CodeSnippet text={SEGMENT_CONFIG} language="yaml" showCopyCodeButton />
      <Typography>
        {t('empty.others', {
          workspaces: <code>auditTrail.segment.workspaces</code>,
          auditor: <code>{AUDITOR_LINE}</code>,
        })}
      </Typography>
    </StatePanel>
  );
}

/** Says why a view has no events, and what to drop so that it has some. */
export function EmptyTrail(props: {
  trail: TrailUrlState;
  /** What was asked for. */
  filter: AuditEventFilter;
  entityRef?: string;
  names: KnownNames;
  /** Whether it is being looked again whether there are events now. */
  refreshing: boolean;
  /** Changes whenever it was looked again. */
  asked: unknown;
}) {
  const { trail, filter, entityRef, names, refreshing, asked } = props;
  const { state, change } = trail;
  const classes = useStyles();
  const { t } = useTranslation();
  const { value, loading, error } = useWaysOut({
    filter,
    entityRef,
    enabled: !refreshing,
    asked,
  });
  if (loading && !value) {
    return (
      <StatePanel
        icon={<CircularProgress size={32} />}
        title={t('empty.notFoundTitle')}
      />
    );
  }
  if (value && !value.anything) {
    return <NothingYet scoped={trail.scoped} />;
  }
  const label = ({ active }: WayOut) => {
    switch (active.kind) {
      case 'range':
        return t('empty.allTime');
      case 'views':
        return t('empty.withViews');
      default:
        return t('empty.without', {
          label: filterChipLabel(t, active, names),
        });
    }
  };
  return (
    <StatePanel icon={<SearchIcon />} title={t('empty.notFoundTitle')}>
      {value && value.ways.length > 0 && (
        <>
          <Typography>{t('empty.dropOne')}</Typography>
          <div className={classes.ways}>
            {value.ways.map(way => (
              <Button
                key={JSON.stringify(way.active)}
                className={classes.way}
                variant="outlined"
                color="primary"
                onClick={() => change(withoutActiveFilter(state, way.active))}
              >
                {t('empty.way', {
                  way: label(way),
                  events: eventCountLabel(t, way.count, way.capped),
                })}
              </Button>
            ))}
          </div>
        </>
      )}
      {value && value.ways.length === 0 && (
        <Typography>{t('empty.noWay')}</Typography>
      )}
      {error && (
        <Typography className={classes.error}>
          {t('empty.lookupFailed', { reason: errorReason(t, error) })}
        </Typography>
      )}
      <Button className={classes.way} onClick={() => change(DEFAULT_CHOICE)}>
        {t('common.clearFilters')}
      </Button>
    </StatePanel>
  );
}

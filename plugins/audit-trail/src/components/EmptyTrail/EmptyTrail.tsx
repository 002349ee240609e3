import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import HistoryIcon from '@material-ui/icons/History';
import SearchIcon from '@material-ui/icons/Search';
import { CodeSnippet } from '@backstage/core-components';
import { useWaysOut, type TrailUrlState, type WayOut } from '../../hooks';
import { withoutActiveFilter } from '../../model/activeFilters';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import { DEFAULT_CHOICE } from '../../model/trailState';
import { filterChipLabel, type KnownNames } from '../FilterChips';
import { StatePanel } from '../StatePanel';

const SEGMENT_CONFIG = `auditTrail:
  intake:
    segment:
      secret: \${SEGMENT_WEBHOOK_SECRET}`;

const useStyles = makeStyles(
  theme => ({
    ways: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'center',
      gap: theme.spacing(1),
    },
    way: { textTransform: 'none' },
  }),
  { name: 'AuditTrailEmptyTrail' },
);

function NothingYet(props: { scoped: boolean }) {
  if (props.scoped) {
    return (
      <StatePanel icon={<HistoryIcon />} title="No changes recorded">
        <Typography>
          What happens to this entity from now on will stand here, for its
          owners and the Owners of the Audit Trail.
        </Typography>
      </StatePanel>
    );
  }
  return (
    <StatePanel icon={<HistoryIcon />} title="No events yet">
      <Typography>
        To receive the audit events of Segment, choose a secret, set it in the
        portal's app-config, and give it to a Webhooks destination in Segment
        that sends to <code>/api/audit-trail/v1/intake/segment</code>:
      </Typography>
      <CodeSnippet text={SEGMENT_CONFIG} language="yaml" showCopyCodeButton />
    </StatePanel>
  );
}

/** Says why a view has no events, and what to drop so that it has some. */
export function EmptyTrail(props: {
  trail: TrailUrlState;
  entityRef?: string;
  names: KnownNames;
  /** Whether it is being looked again whether there are events now. */
  refreshing: boolean;
  /** Changes whenever it was looked again. */
  asked: unknown;
}) {
  const { trail, entityRef, names, refreshing, asked } = props;
  const { state, change } = trail;
  const classes = useStyles();
  const { value, loading, error } = useWaysOut(trail, {
    entityRef,
    enabled: !refreshing,
    asked,
  });
  if (loading && !value) {
    return (
      <StatePanel
        icon={<CircularProgress size={32} />}
        title="No events found"
      />
    );
  }
  if (value && !value.anything) {
    return <NothingYet scoped={trail.scoped} />;
  }
  const label = ({ active }: WayOut) => {
    switch (active.kind) {
      case 'range':
        return 'All time';
      case 'views':
        return 'With views of the trail';
      default:
        return `Without ${filterChipLabel(active, names)}`;
    }
  };
  return (
    <StatePanel icon={<SearchIcon />} title="No events found">
      {value && value.ways.length > 0 && (
        <>
          <Typography>
            Nothing matches all filters. Drop one of them:
          </Typography>
          <div className={classes.ways}>
            {value.ways.map(way => (
              <Button
                key={JSON.stringify(way.active)}
                className={classes.way}
                variant="outlined"
                color="primary"
                onClick={() => change(withoutActiveFilter(state, way.active))}
              >
                {label(way)}: {eventCountLabel(way.count, way.capped)}
              </Button>
            ))}
          </div>
        </>
      )}
      {value && value.ways.length === 0 && (
        <Typography>
          Nothing matches these filters, whichever one of them is dropped.
        </Typography>
      )}
      {error && (
        <Typography color="error">
          What else there is could not be looked up: {errorReason(error)}
        </Typography>
      )}
      <Button className={classes.way} onClick={() => change(DEFAULT_CHOICE)}>
        Clear filters
      </Button>
    </StatePanel>
  );
}

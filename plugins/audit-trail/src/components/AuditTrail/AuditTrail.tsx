import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  useActivities,
  useAuditEvent,
  useAuditEvents,
  useBegun,
  useEventSteps,
  useExport,
  useFacets,
  useFocusAfter,
  useHistogram,
  useNewerEvents,
  useNow,
  useRemembered,
  useTableSettings,
  useTimeZone,
  useTrailFilter,
  useTrailUrlState,
  useTranslation,
} from '../../hooks';
import { narrowTo } from '../../model/activeFilters';
import { ActivityChart } from '../ActivityChart';
import { EmptyTrail } from '../EmptyTrail';
import { EventDrawer, type OnRelated } from '../EventDrawer';
import type { OnNarrow } from '../EventParts';
import { EventTable } from '../EventTable';
import { ExportStatus, type ExportChoice } from '../Export';
import { FilterBar } from '../FilterBar';
import { FilterChips } from '../FilterChips';
import { NewEvents } from '../NewEvents';
import { Paging } from '../Paging';
import { SavedViewsMenu } from '../SavedViews';
import { TrailSummary } from './TrailSummary';
import { RetryAlert } from '../RetryAlert';

/** Most skeleton rows: more than fit on a screen serve nobody. */
const MAX_SKELETON_ROWS = 15;

const isTrue = (stored: unknown) => stored === true;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      minWidth: 0,
      outline: 'none',
      // What is no text of the theme's own has the same letters.
      fontFamily: theme.typography.fontFamily,
    },
    // Not `hidden`, in which the heading of the table would not stay in sight.
    paper: { position: 'relative', overflow: 'clip' },
    progress: { position: 'absolute', top: 0, left: 0, right: 0, height: 3 },
    stale: { opacity: 0.6 },
  }),
  { name: 'AuditTrail' },
);

/**
 * The trail: filters, table, drawer and export. One and the same for the
 * page and for the tab of an entity.
 */
export function AuditTrail(props: {
  /** Shows the events of one entity only. */
  entityRef?: string;
  /** Whether the reader may export. */
  canExport: boolean;
}) {
  const { entityRef, canExport } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  useActivities();
  const trail = useTrailUrlState(Boolean(entityRef));
  const { state, change } = trail;
  const [zone, setZone] = useTimeZone();
  const now = useNow();
  const [refreshed, setRefreshed] = useState(0);
  const asked = useTrailFilter(trail, refreshed);
  const events = useAuditEvents(trail, asked, entityRef);
  const page = events.value;
  const [chartFolded, setChartFolded] = useRemembered('chartFolded', isTrue);
  const histogram = useHistogram({
    filter: asked,
    entityRef,
    zone,
    enabled: !chartFolded,
  });
  const [menuOpened, setMenuOpened] = useState(false);
  const { filter } = state;
  const facets = useFacets({
    filter: asked,
    entityRef,
    enabled:
      menuOpened ||
      [filter, filter.not].some(
        values =>
          values?.actors?.length ||
          values?.resources?.length ||
          values?.workspaces?.length,
      ),
  });
  const event = useAuditEvent(state.event, page?.items);
  const running = useExport();
  const exportedRef = useRef<ExportChoice>({});

  const onNarrow = useCallback<OnNarrow>(
    (field, value, excluded) =>
      change({
        filter: narrowTo(filter, field, value, excluded),
        event: undefined,
      }),
    [change, filter],
  );
  const onRelated: OnRelated = choice =>
    change({ ...choice, order: 'desc', event: undefined });
  const onRefresh = () => {
    setRefreshed(refreshed + 1);
    events.retry();
    facets.retry();
    histogram.retry();
  };
  const onOpenMenu = () => {
    setMenuOpened(true);
    if (facets.error) {
      facets.retry();
    }
  };
  // Who turns a page starts to read it at its top.
  const top = useFocusAfter<HTMLDivElement>(Boolean(state.event));
  const turnedTo = useRef(state.cursor);
  useEffect(() => {
    if (turnedTo.current !== state.cursor) {
      turnedTo.current = state.cursor;
      top.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [state.cursor, top]);
  const onExport = (choice: ExportChoice) => {
    exportedRef.current = choice;
    running.start(
      { ...choice, filter: asked, entityRef, order: state.order },
      { large: Boolean(page?.totalItemsCapped) },
    );
  };

  const steps = useEventSteps(trail, events);
  const settings = useTableSettings();
  const newerCursor = page?.pageInfo.newerCursor;
  const newer = useNewerEvents(
    newerCursor && !events.loading
      ? { filter: asked, entityRef, cursor: newerCursor }
      : undefined,
  );

  const names = { facets: facets.value, events: page?.items };
  // What is shown is not what is asked for: it is on its way, or failed.
  const outdated = Boolean(page && (events.loading || events.error));
  // Looking again whether there is something now changes nothing before it did.
  const choice = JSON.stringify([state.filter, state.range, state.views]);
  const answered = useRef(choice);
  if (!events.loading && !events.error) {
    answered.current = choice;
  }
  const empty = page?.items.length === 0 && answered.current === choice;

  const begun = useBegun();
  if (!begun) {
    return <div className={classes.root} ref={top} tabIndex={-1} />;
  }
  return (
    <div className={classes.root} ref={top} tabIndex={-1}>
      <FilterBar
        trail={trail}
        facets={facets}
        search={{ filter: asked, entityRef }}
        savedViews={<SavedViewsMenu trail={trail} />}
        onOpenMenu={onOpenMenu}
        zone={zone}
      />
      <FilterChips trail={trail} names={names} />
      {state.problem && (
        <Alert severity="warning">
          {t('trail.linkProblem', { problem: state.problem })}
        </Alert>
      )}
      {events.error && (
        <RetryAlert
          what={t('trail.loadFailed')}
          error={events.error}
          onRetry={events.retry}
        />
      )}
      <Paper className={classes.paper}>
        {events.loading && page && (
          <LinearProgress
            className={classes.progress}
            aria-label={t('trail.loading')}
          />
        )}
        {/* Of no events there is a chart only where it leads out again. */}
        {!(empty && state.range.preset) && (
          <ActivityChart
            trail={trail}
            histogram={histogram}
            zone={zone}
            now={now}
            folded={chartFolded}
            onFold={setChartFolded}
          />
        )}
        {(page || !events.error) && (
          <TrailSummary
            page={page}
            asked={refreshed}
            histogram={
              chartFolded || histogram.loading || histogram.error
                ? undefined
                : histogram.value
            }
            outdated={Boolean(page && events.error)}
            zone={zone}
            onZone={setZone}
            settings={settings}
            onRefresh={onRefresh}
            onExport={canExport ? onExport : undefined}
            exporting={running.state.status === 'running'}
          />
        )}
        {/* Beside the button that it is begun with. */}
        <ExportStatus
          running={running}
          onRetry={() => onExport(exportedRef.current)}
        />
        {empty && (
          <>
            <NewEvents count={newer} onShow={onRefresh} />
            <EmptyTrail
              key={choice}
              trail={trail}
              filter={asked}
              entityRef={entityRef}
              names={names}
              refreshing={outdated}
              asked={refreshed}
            />
          </>
        )}
        {!empty && (page || !events.error) && (
          <div className={outdated ? classes.stale : undefined}>
            <NewEvents count={newer} onShow={onRefresh} />
            <EventTable
              events={page?.items}
              skeletonRows={Math.min(state.limit, MAX_SKELETON_ROWS)}
              order={state.order}
              settings={settings}
              now={now}
              zone={zone}
              openedEvent={state.event}
              onSort={order => change({ order })}
              onOpen={trail.open}
              onNarrow={onNarrow}
            />
            <Paging trail={trail} page={page} loading={outdated} />
          </div>
        )}
      </Paper>
      <EventDrawer
        id={state.event}
        event={event}
        now={now}
        zone={zone}
        ownPath={!entityRef}
        steps={steps}
        onClose={trail.close}
        onNarrow={onNarrow}
        related={{ entityRef, onRelated }}
      />
    </div>
  );
}

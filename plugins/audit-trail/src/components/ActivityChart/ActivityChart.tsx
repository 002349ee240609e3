import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ZoomOutIcon from '@material-ui/icons/ZoomOut';
import Skeleton from '@material-ui/lab/Skeleton';
import type { AuditEventHistogram } from 'backstage-plugin-audit-trail-common';
import { useMemo } from 'react';
import { useTranslation, type Loaded, type TrailUrlState } from '../../hooks';
import { narrowTo, setValues } from '../../model/activeFilters';
import { histogramBars } from '../../model/histogram';
import { bucketSizeLabel } from '../../model/histogramTimes';
import { numberLabel } from '../../model/labels';
import { shortTime, zoneName, type TimeZone } from '../../model/times';
import { zoomInto, zoomOut } from '../../model/zoom';
import { RetryAlert } from '../RetryAlert';
import { ChartLegend } from './ChartLegend';
import { CHART } from './chartSize';
import { HistogramTable } from './HistogramTable';
import { useChart } from './useChart';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      borderBottom: `1px solid ${theme.palette.divider}`,
      paddingBottom: theme.spacing(0.5),
    },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1),
      minHeight: 40,
      padding: theme.spacing(0.5, 1),
    },
    button: { textTransform: 'none', height: 32 },
    quiet: { color: theme.palette.text.secondary, marginRight: 'auto' },
    body: { padding: theme.spacing(0, 1) },
    place: { height: CHART.height },
    middle: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'center',
      height: CHART.height,
    },
    // So large a part need not stand out until there is something to see.
    waiting: { opacity: 0.4 },
    legend: { minHeight: 32 },
    note: { padding: theme.spacing(0.5, 1.5) },
    stale: { opacity: 0.6 },
  }),
  { name: 'AuditTrailActivityChart' },
);

function Loading() {
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <div aria-busy aria-label={t('chart.loading')} role="img">
      <Skeleton
        className={classes.waiting}
        variant="rect"
        height={CHART.height}
      />
      <div className={classes.legend} />
    </div>
  );
}

/** How much happened when, by area, with what was harmful; zooms and filters. */
export function ActivityChart(props: {
  trail: TrailUrlState;
  histogram: Loaded<AuditEventHistogram>;
  zone: TimeZone;
  now: number;
  /** Whether the reader does not want to see it. */
  folded: boolean;
  onFold(folded: boolean): void;
}) {
  const { trail, histogram, zone, now, folded, onFold } = props;
  const { state, change } = trail;
  const classes = useStyles();
  const { t } = useTranslation();
  const { value, loading } = histogram;
  // While the counts are on their way.
  const { Chart, ...chart } = useChart(!folded);
  const error = histogram.error ?? chart.error;
  const retry = histogram.error ? histogram.retry : chart.retry;
  const bars = useMemo(() => value && histogramBars(t, value), [t, value]);
  const wider = zoomOut(state.range);
  const onZoomOut = wider && (() => change({ range: wider }));

  return (
    <section className={classes.root} aria-label={t('chart.title')}>
      <div className={classes.header}>
        <Button
          className={classes.button}
          size="small"
          startIcon={folded ? <ExpandMoreIcon /> : <ExpandLessIcon />}
          aria-expanded={!folded}
          title={folded ? t('chart.show') : t('chart.hide')}
          onClick={() => onFold(!folded)}
        >
          {t('chart.title')}
        </Button>
        <Typography className={classes.quiet} variant="body2">
          {!folded &&
            value &&
            value.total > 0 &&
            bucketSizeLabel(t, value.bucketSize)}
        </Typography>
        {!folded && (
          <Button
            className={classes.button}
            size="small"
            startIcon={<ZoomOutIcon />}
            disabled={!onZoomOut}
            onClick={onZoomOut}
          >
            {t('chart.zoomOut')}
          </Button>
        )}
      </div>
      {!folded && (
        <div className={classes.body}>
          {error && (
            <div className={value ? undefined : classes.place}>
              <RetryAlert
                what={t('chart.loadFailed')}
                error={error}
                onRetry={retry}
              />
            </div>
          )}
          {!value && !error && <Loading />}
          {value && bars && (
            <div
              className={loading || error ? classes.stale : undefined}
              aria-busy={loading}
            >
              {value.total === 0 ? (
                <div className={classes.middle}>
                  <Typography color="textSecondary">
                    {t('chart.none')}
                  </Typography>
                </div>
              ) : (
                Chart && (
                  <Chart
                    histogram={value}
                    bars={bars}
                    zoneLabel={zoneName(t, zone)}
                    onZoom={(one, other) =>
                      change({ range: zoomInto(value.buckets, one, other) })
                    }
                    onZoomOut={onZoomOut}
                  />
                )
              )}
              {value.total > 0 && !Chart && !chart.error && <Loading />}
              <ChartLegend
                series={bars.series}
                chosen={state.filter.categories ?? []}
                onOnly={category =>
                  change({
                    filter: category
                      ? narrowTo(state.filter, 'categories', category, false)
                      : setValues(state.filter, 'categories', []),
                  })
                }
                onNot={category =>
                  change({
                    filter: narrowTo(
                      state.filter,
                      'categories',
                      category,
                      true,
                    ),
                  })
                }
              />
              {value.countedFrom && (
                <Typography
                  className={classes.note}
                  variant="body2"
                  role="note"
                >
                  {t('chart.notCounted', {
                    number: numberLabel(t, value.total),
                    time: shortTime(t, value.countedFrom, zone, now),
                  })}
                </Typography>
              )}
              <HistogramTable histogram={value} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}

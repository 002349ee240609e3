import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { AuditEventHistogram } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import type { HistogramBar, HistogramSeries } from '../../model/histogram';
import { categoryColour } from '../../model/histogramColours';
import { bucketTime } from '../../model/histogramTimes';
import { numberLabel } from '../../model/labels';
import { HarmfulIcon } from '../EventParts';

const WIDTH = 232;

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'absolute',
      top: theme.spacing(1),
      width: WIDTH,
      padding: theme.spacing(1, 1.5),
      borderRadius: theme.shape.borderRadius,
      border: `1px solid ${theme.palette.divider}`,
      backgroundColor: theme.palette.background.paper,
      boxShadow: theme.shadows[4],
      // Above the table, and never in the way of the pointer.
      zIndex: 2,
      pointerEvents: 'none',
      fontSize: '0.8125rem',
    },
    row: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      lineHeight: 1.6,
    },
    label: {
      flex: 1,
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    swatch: { width: 10, height: 10, borderRadius: 2, flexShrink: 0 },
    total: { fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'AuditTrailChartTooltip' },
);

/** What a bar stands for. Who cannot see it hears it, or has the table. */
export function ChartTooltip(props: {
  histogram: AuditEventHistogram;
  bar: HistogramBar;
  series: HistogramSeries[];
  /** Where it stands beside of, from the left. */
  left: number;
  right: number;
  width: number;
  zoneLabel: string;
}) {
  const { histogram, bar, series, left, right, width, zoneLabel } = props;
  const classes = useStyles();
  const { palette } = useTheme();
  const { t } = useTranslation();
  const { bucket, counts } = bar;
  // On the side with more room.
  const wanted = left + right < width ? right + 8 : left - 8 - WIDTH;
  const place = Math.max(0, Math.min(wanted, width - WIDTH));
  return (
    <div
      className={classes.root}
      style={{ left: place }}
      aria-hidden
      data-testid="chart-tooltip"
    >
      <div>{bucketTime(t, histogram, bucket)}</div>
      <Typography className={classes.quiet} variant="caption">
        {zoneLabel}
      </Typography>
      <div className={`${classes.row} ${classes.total}`}>
        <span className={classes.label}>
          {t('count.events', { count: bucket.total })}
        </span>
        {bucket.harmful > 0 && (
          <>
            <HarmfulIcon />
            {t('chart.harmful', { count: bucket.harmful })}
          </>
        )}
      </div>
      {series
        .filter(({ id }) => counts[id] > 0)
        .map(({ id, label }) => (
          <div key={id} className={classes.row}>
            <span
              className={classes.swatch}
              style={{ backgroundColor: categoryColour(id, palette.type) }}
            />
            <span className={classes.label}>{label}</span>
            {numberLabel(t, counts[id])}
          </div>
        ))}
    </div>
  );
}

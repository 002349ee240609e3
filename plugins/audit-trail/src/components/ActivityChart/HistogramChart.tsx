import { makeStyles } from '@material-ui/core/styles';
import type { AuditEventHistogram } from 'backstage-plugin-audit-trail-common';
import { useMemo, useRef, type PointerEvent } from 'react';
import { useTranslation, useWidth } from '../../hooks';
import {
  bucketSentence,
  type HistogramBars as Bars,
} from '../../model/histogram';
import { bucketTime, histogramTicks } from '../../model/histogramTimes';
import { ChartTooltip } from './ChartTooltip';
import { CHART, TICK_WIDTH } from './chartSize';
import { HistogramBars } from './HistogramBars';
import { useBarSelection } from './useBarSelection';
import { useHiddenStyles } from './useHiddenStyles';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      height: CHART.height,
      cursor: 'crosshair',
      // Down and up scroll the page, across selects.
      touchAction: 'pan-y',
      userSelect: 'none',
      borderRadius: theme.shape.borderRadius,
      '&:focus': { outline: 'none' },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    band: {
      position: 'absolute',
      top: CHART.top,
      height: CHART.height - CHART.top - CHART.axisHeight,
      pointerEvents: 'none',
    },
    active: { backgroundColor: theme.palette.action.hover },
    selected: {
      backgroundColor: theme.palette.action.selected,
      borderLeft: `1px solid ${theme.palette.text.primary}`,
      borderRight: `1px solid ${theme.palette.text.primary}`,
    },
    uncounted: {
      backgroundImage: `repeating-linear-gradient(45deg, transparent 0 5px, ${theme.palette.divider} 5px 6px)`,
      color: theme.palette.text.secondary,
      fontSize: '0.75rem',
      textAlign: 'center',
      overflow: 'hidden',
    },
  }),
  { name: 'AuditTrailHistogramChart' },
);

/** Properties of {@link HistogramChart}. */
export interface HistogramChartProps {
  histogram: AuditEventHistogram;
  bars: Bars;
  zoneLabel: string;
  onZoom(one: number, other: number): void;
  onZoomOut?: () => void;
}

/**
 * A histogram to look at and to zoom into: by dragging over bars, by a click on
 * one, or by arrow keys and Enter.
 */
export function HistogramChart(props: HistogramChartProps) {
  const { histogram, bars, zoneLabel, onZoom, onZoomOut } = props;
  const { buckets, countedFrom } = histogram;
  const count = buckets.length;
  const classes = useStyles();
  const hidden = useHiddenStyles();
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const { selection, ...selecting } = useBarSelection({
    count,
    bars: histogram,
    onZoom,
    onZoomOut,
  });
  const { active, anchor = active, byKeyboard } = selection;

  const step = (width - CHART.axisWidth - CHART.right) / count;
  const leftOf = (bar: number) => CHART.axisWidth + bar * step;
  const barAt = ({ clientX }: PointerEvent) => {
    const { left } = root.current!.getBoundingClientRect();
    const at = Math.floor((clientX - left - CHART.axisWidth) / step);
    return Math.min(Math.max(at, 0), count - 1);
  };
  const bandStyle = (one: number, other: number) => ({
    left: leftOf(Math.min(one, other)),
    width: (Math.abs(one - other) + 1) * step,
  });

  const ticks = useMemo(
    () =>
      histogramTicks(
        t,
        histogram,
        Math.max(2, Math.floor((width - CHART.axisWidth) / TICK_WIDTH)),
      ),
    [t, histogram, width],
  );
  const uncounted = countedFrom
    ? buckets.filter(({ from }) => from < countedFrom).length
    : 0;
  const told = [
    anchor !== active &&
      anchor !== undefined &&
      active !== undefined &&
      t('chart.selected', {
        from: bucketTime(t, histogram, buckets[Math.min(anchor, active)]),
        to: bucketTime(t, histogram, buckets[Math.max(anchor, active)]),
      }),
    active !== undefined && bucketSentence(t, histogram, buckets[active]),
  ];

  // It takes keys and the pointer for all of its bars, as an application does.
  /* eslint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */
  return (
    <div
      className={classes.root}
      ref={root}
      role="application"
      aria-label={t('chart.title')}
      aria-describedby="audit-trail-chart-keys"
      tabIndex={0}
      onKeyDown={selecting.onKeyDown}
      onBlur={selecting.clear}
      onPointerDown={event => {
        if (event.button === 0) {
          event.currentTarget.setPointerCapture(event.pointerId);
          selecting.press(barAt(event));
        }
      }}
      onPointerMove={event => selecting.point(barAt(event))}
      onPointerUp={event => selecting.release(barAt(event))}
      onPointerCancel={selecting.clear}
      onPointerLeave={selecting.clear}
    >
      {width > 0 && (
        <div aria-hidden>
          {uncounted > 0 && (
            <div
              className={`${classes.band} ${classes.uncounted}`}
              style={bandStyle(0, uncounted - 1)}
            >
              {t('chart.uncounted')}
            </div>
          )}
          {active !== undefined && anchor !== undefined && (
            <div
              className={`${classes.band} ${
                anchor === active ? classes.active : classes.selected
              }`}
              style={bandStyle(anchor, active)}
              data-testid="chart-selection"
            />
          )}
          <HistogramBars {...bars} ticks={ticks} width={width} />
        </div>
      )}
      {active !== undefined && anchor !== undefined && buckets[active] && (
        <ChartTooltip
          histogram={histogram}
          bar={bars.bars[active]}
          series={bars.series}
          // Beside all that is chosen, so that this stays in sight.
          left={leftOf(Math.min(anchor, active))}
          right={leftOf(Math.max(anchor, active) + 1)}
          width={width}
          zoneLabel={zoneLabel}
        />
      )}
      <span id="audit-trail-chart-keys" className={hidden.hidden}>
        {t('chart.keys')}
      </span>
      <span className={hidden.hidden} role="status">
        {byKeyboard && told.filter(Boolean).join('. ')}
      </span>
    </div>
  );
}

import { useTheme } from '@material-ui/core/styles';
import { AxisBottom, AxisLeft, type TickRendererProps } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { scaleBand, scaleLinear } from '@visx/scale';
import { memo } from 'react';
import { useTranslation } from '../../hooks';
import type { HistogramBar, HistogramSeries } from '../../model/histogram';
import { categoryColour } from '../../model/histogramColours';
import type { HistogramTick } from '../../model/histogramTimes';
import { CHART } from './chartSize';

const INNER_HEIGHT = CHART.height - CHART.top - CHART.axisHeight;
/** Bars that are no wider than this have no room for gaps. */
const NARROW_BAR = 8;
const MAX_BAR = 64;
/** Lines across, about so many. */
const LINES = 3;
/** The scale ends at a step finer than these, so that bars use its height. */
const TOP_STEPS = 10;
const FONT_SIZE = 11;

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A number or a time at an axis; the library would measure how wide each is. */
const tick = (props: TickRendererProps) => (
  <text
    x={props.x}
    y={props.y}
    dy={props.dy}
    textAnchor={props.textAnchor}
    fontSize={FONT_SIZE}
    fill={props.fill}
  >
    {props.formattedValue}
  </text>
);

const totalOf = ({ counts }: HistogramBar) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * A bar with its parts, the most frequent series at the bottom, and below it the
 * mark of what is harmful.
 */
function StackedBar(props: {
  bar: HistogramBar;
  place: Place;
  series: HistogramSeries[];
  gap: number;
}) {
  const { bar, place, series, gap } = props;
  const { palette } = useTheme();
  const total = totalOf(bar);
  const base = place.y + place.height;
  let bottom = base;
  return (
    <>
      {series
        .filter(({ id }) => bar.counts[id] > 0)
        .map(({ id }) => {
          const height = (place.height * bar.counts[id]) / total;
          bottom -= height;
          return (
            <rect
              key={id}
              x={place.x}
              y={bottom}
              width={place.width}
              height={height}
              fill={categoryColour(id, palette.type)}
              stroke={palette.background.paper}
              strokeWidth={gap}
            />
          );
        })}
      {bar.bucket.harmful > 0 && (
        <path
          data-testid="harmful-bucket"
          d={`M${place.x + place.width / 2} ${base + 2}l4.5 7.5h-9z`}
          fill={
            palette.type === 'dark' ? palette.error.light : palette.error.dark
          }
        />
      )}
    </>
  );
}

function Bars(props: {
  bars: HistogramBar[];
  series: HistogramSeries[];
  ticks: HistogramTick[];
  width: number;
}) {
  const { bars, series, ticks, width } = props;
  const { palette } = useTheme();
  const { t } = useTranslation();
  const compact = new Intl.NumberFormat(t('locale'), { notation: 'compact' });
  const labels = new Map(ticks.map(({ bucket, label }) => [bucket, label]));

  const innerWidth = width - CHART.axisWidth - CHART.right;
  const step = innerWidth / bars.length;
  const narrow = step <= NARROW_BAR;
  const padding = narrow ? 1 / step : 0.24;
  const across = scaleBand<number>({
    domain: bars.map((_, number) => number),
    range: [0, innerWidth],
    paddingInner: padding,
    paddingOuter: padding / 2,
  });
  const up = scaleLinear<number>({
    domain: [0, Math.max(1, ...bars.map(totalOf))],
    range: [INNER_HEIGHT, 0],
    nice: TOP_STEPS,
  });
  const lines = up.ticks(LINES).filter(Number.isInteger);
  const barWidth = Math.min(across.bandwidth(), MAX_BAR);
  const inset = (across.bandwidth() - barWidth) / 2;
  return (
    <svg data-testid="chart-bars" width={width} height={CHART.height}>
      <g transform={`translate(${CHART.axisWidth},${CHART.top})`}>
        <GridRows
          scale={up}
          tickValues={lines}
          width={innerWidth}
          stroke={palette.divider}
        />
        {bars.map((bar, number) => {
          const y = up(totalOf(bar));
          return (
            <StackedBar
              key={bar.bucket.from}
              bar={bar}
              place={{
                x: (across(number) ?? 0) + inset,
                y,
                width: barWidth,
                height: INNER_HEIGHT - y,
              }}
              series={series}
              gap={narrow ? 0.5 : 1}
            />
          );
        })}
        <AxisLeft
          hideTicks
          tickComponent={tick}
          scale={up}
          tickValues={lines}
          hideAxisLine
          tickFormat={value => compact.format(Number(value))}
          tickLabelProps={{
            textAnchor: 'end',
            dy: '0.33em',
            fill: palette.text.secondary,
          }}
        />
        <AxisBottom
          hideTicks
          tickComponent={tick}
          top={INNER_HEIGHT}
          tickLength={14}
          scale={across}
          stroke={palette.divider}
          tickValues={ticks.map(({ bucket }) => bucket)}
          tickFormat={bucket => labels.get(bucket)}
          tickLabelProps={{
            textAnchor: 'middle',
            fill: palette.text.secondary,
          }}
        />
      </g>
    </svg>
  );
}

/** The bars with their axes; painted anew only if these change. */
export const HistogramBars = memo(Bars);

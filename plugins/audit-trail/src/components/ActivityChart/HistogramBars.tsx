import { useTheme } from '@material-ui/core/styles';
import { memo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  XAxis,
  YAxis,
  type BarShapeProps,
} from 'recharts';
import { useTranslation } from '../../hooks';
import type { HistogramBar, HistogramSeries } from '../../model/histogram';
import { categoryColour } from '../../model/histogramColours';
import type { HistogramTick } from '../../model/histogramTimes';
import { CHART } from './chartSize';

/** Bars that are no wider than this have no room for gaps. */
const NARROW_BAR = 8;

interface Place {
  x: number | string;
  y: number | string;
  payload: { value: string };
}

/** A time below a bar. */
function Tick(props: { place: Place; label: string | undefined }) {
  const { place, label } = props;
  const { palette } = useTheme();
  return (
    <text
      x={Number(place.x)}
      y={Number(place.y) + 16}
      textAnchor="middle"
      fontSize={11}
      fill={palette.text.secondary}
    >
      {label}
    </text>
  );
}

const totalOf = ({ counts }: HistogramBar) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * A bar with its parts, the most frequent series at the bottom, and below it the
 * mark of what is harmful. The chart's library knows it as one, as it takes its
 * time with each thing that it knows, and the parts may be a thousand.
 */
function StackedBar(props: {
  bar: HistogramBar;
  place: Pick<BarShapeProps, 'x' | 'y' | 'width' | 'height'>;
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
  const labels = new Map(
    ticks.map(({ bucket, label }) => [bars[bucket].bucket.from, label]),
  );
  const step = (width - CHART.axisWidth - CHART.right) / bars.length;
  const compact = new Intl.NumberFormat(t('locale'), { notation: 'compact' });
  return (
    <BarChart
      accessibilityLayer={false}
      width={width}
      height={CHART.height}
      data={bars}
      margin={{ top: CHART.top, right: CHART.right, bottom: 0, left: 0 }}
      barCategoryGap={step <= NARROW_BAR ? 0.5 : '12%'}
      maxBarSize={64}
    >
      <CartesianGrid vertical={false} stroke={palette.divider} />
      <YAxis
        width={CHART.axisWidth}
        allowDecimals={false}
        axisLine={false}
        tickLine={false}
        tickCount={4}
        tick={{ fontSize: 11, fill: palette.text.secondary }}
        tickFormatter={(value: number) => compact.format(value)}
      />
      <XAxis
        dataKey={({ bucket }: HistogramBar) => bucket.from}
        height={CHART.axisHeight}
        interval={0}
        stroke={palette.divider}
        tickLine={false}
        ticks={ticks.map(({ bucket }) => bars[bucket].bucket.from)}
        tick={(place: Place) => (
          <Tick place={place} label={labels.get(place.payload.value)} />
        )}
      />
      <Bar
        dataKey={totalOf}
        isAnimationActive={false}
        shape={(place: BarShapeProps) => (
          <StackedBar
            // It may still be one of the bars before.
            bar={place.payload}
            place={place}
            series={series}
            gap={step <= NARROW_BAR ? 0.5 : 1}
          />
        )}
      />
    </BarChart>
  );
}

/** The bars with their axes; painted anew only if these change. */
export const HistogramBars = memo(Bars);

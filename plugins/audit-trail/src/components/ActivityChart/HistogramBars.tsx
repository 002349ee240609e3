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
  payload: { index: number };
}

/** Below a bar: the mark of what is harmful, and a time where there is room. */
function BelowBar(props: {
  place: Place;
  harmful: boolean;
  label: string | undefined;
}) {
  const { place, harmful, label } = props;
  const { palette } = useTheme();
  const x = Number(place.x);
  const y = Number(place.y);
  return (
    <g>
      {harmful && (
        <path
          data-testid="harmful-bucket"
          d={`M${x} ${y - 6}l4.5 7.5h-9z`}
          fill={
            palette.type === 'dark' ? palette.error.light : palette.error.dark
          }
        />
      )}
      {label && (
        <text
          x={x}
          y={y + 16}
          textAnchor="middle"
          fontSize={11}
          fill={palette.text.secondary}
        >
          {label}
        </text>
      )}
    </g>
  );
}

const totalOf = ({ counts }: HistogramBar) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * A bar with its parts, the most frequent series at the bottom. The chart knows
 * it as one: a bar of its own for each part takes most of a second to draw.
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
  let bottom = place.y + place.height;
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
  const labels = new Map(ticks.map(({ bucket, label }) => [bucket, label]));
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
        tick={(place: Place) => (
          <BelowBar
            place={place}
            harmful={bars[place.payload.index]?.bucket.harmful > 0}
            label={labels.get(place.payload.index)}
          />
        )}
      />
      <Bar
        dataKey={totalOf}
        isAnimationActive={false}
        shape={(place: BarShapeProps) => (
          <StackedBar
            bar={bars[place.index]}
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

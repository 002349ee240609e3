import { makeStyles } from '@material-ui/core/styles';
import { errorTone } from './errorTone';

/** Below the bars, for the marks. */
const MARKS = 7;
/** A bar of anything is seen to be of something. */
const LEAST = 2;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'block', overflow: 'visible', maxWidth: '100%' },
    bar: { fill: theme.palette.primary.main },
    base: { stroke: theme.palette.divider },
    marked: { fill: errorTone(theme) },
    place: {
      fill: 'transparent',
      '&:hover': { fill: theme.palette.action.hover },
    },
  }),
  { name: 'AuditTrailSparkline' },
);

/** One bar of a sparkline. */
export interface SparklineBar {
  /** What tells it from the others. */
  id: string;
  value: number;
  /** Whether it has a triangle below it. */
  marked: boolean;
  /** What it stands for, in words. */
  title: string;
}

/** Numbers one after the other as small bars; a triangle marks some of them. */
export function Sparkline(props: {
  bars: readonly SparklineBar[];
  /** All of them in words. */
  label: string;
  /** Width of a bar in pixels, and of the gap behind it. */
  bar?: number;
  gap?: number;
  height?: number;
}) {
  const { bars, label, bar = 4, gap = 2, height = 26 } = props;
  const classes = useStyles();
  const step = bar + gap;
  const best = Math.max(...bars.map(({ value }) => value), 1);
  const width = Math.max(bars.length * step - gap, 0);
  return (
    <svg
      className={classes.root}
      role="img"
      aria-label={label}
      width={width}
      height={height + MARKS}
      viewBox={`0 0 ${width} ${height + MARKS}`}
    >
      <line
        className={classes.base}
        x1={0}
        x2={width}
        y1={height + 0.5}
        y2={height + 0.5}
      />
      {bars.map(({ id, value, marked, title }, index) => {
        const x = index * step;
        const tall = value > 0 ? Math.max(LEAST, (height * value) / best) : 0;
        return (
          <g key={id}>
            <rect
              className={classes.bar}
              x={x}
              y={height - tall}
              width={bar}
              height={tall}
            />
            {marked && (
              <path
                className={classes.marked}
                data-testid="marked-bar"
                d={`M${x + bar / 2} ${height + 1.5}l3 5h-6z`}
              />
            )}
            <rect
              className={classes.place}
              x={x - gap / 2}
              y={0}
              width={step}
              height={height + MARKS}
            >
              <title>{title}</title>
            </rect>
          </g>
        );
      })}
    </svg>
  );
}

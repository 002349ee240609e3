import { makeStyles } from '@material-ui/core/styles';
import type { DestinationHour } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { failedCallsLabel, hourTotals } from '../../model/destinationLabels';
import { numberLabel } from '../../model/labels';
import { shortTime, type TimeZone } from '../../model/times';
import type { Translate } from '../../translation';
import { errorTone } from './errorTone';

const STEP = 6;
const BAR = 4;
const HEIGHT = 26;
/** Below the bars, for the marks of hours with failures. */
const MARKS = 7;
/** An hour with anything delivered is seen to have something. */
const LEAST = 2;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'block', overflow: 'visible', maxWidth: '100%' },
    bar: { fill: theme.palette.primary.main },
    base: { stroke: theme.palette.divider },
    failed: { fill: errorTone(theme) },
    hour: {
      fill: 'transparent',
      '&:hover': { fill: theme.palette.action.hover },
    },
  }),
  { name: 'AuditTrailDeliverySparkline' },
);

const deliveredLabel = (t: Translate, count: number) =>
  t('destination.delivered', { number: numberLabel(t, count) });

/** The numbers of a sparkline in words. */
export function sparklineLabel(
  t: Translate,
  hours: readonly DestinationHour[],
): string {
  const { delivered, failed } = hourTotals(hours);
  const best = Math.max(...hours.map(hour => hour.delivered), 0);
  const failedHours = hours.filter(hour => hour.failed > 0).length;
  return [
    t('destination.deliveredLabel', {
      delivered: deliveredLabel(t, delivered),
    }),
    best > 0 && t('destination.atMost', { number: numberLabel(t, best) }),
    failed > 0 &&
      t('destination.failedIn', {
        failedCalls: failedCallsLabel(t, failed),
        some: numberLabel(t, failedHours),
        all: numberLabel(t, hours.length),
      }),
  ]
    .filter(Boolean)
    .join('; ');
}

/** What was delivered, hour by hour; a triangle marks hours with failures. */
export function DeliverySparkline(props: {
  hours: readonly DestinationHour[];
  now: number;
  zone: TimeZone;
}) {
  const { hours, now, zone } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const best = Math.max(...hours.map(({ delivered }) => delivered), 1);
  const width = hours.length * STEP - (STEP - BAR);
  return (
    <svg
      className={classes.root}
      role="img"
      aria-label={sparklineLabel(t, hours)}
      width={width}
      height={HEIGHT + MARKS}
      viewBox={`0 0 ${width} ${HEIGHT + MARKS}`}
    >
      <line
        className={classes.base}
        x1={0}
        x2={width}
        y1={HEIGHT + 0.5}
        y2={HEIGHT + 0.5}
      />
      {hours.map(({ hour, delivered, failed }, index) => {
        const x = index * STEP;
        const height =
          delivered > 0 ? Math.max(LEAST, (HEIGHT * delivered) / best) : 0;
        const middle = x + BAR / 2;
        return (
          <g key={hour}>
            <rect
              className={classes.bar}
              x={x}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            />
            {failed > 0 && (
              <path
                className={classes.failed}
                data-testid="failed-hour"
                d={`M${middle} ${HEIGHT + 1.5}l3 5h-6z`}
              />
            )}
            <rect
              className={classes.hour}
              x={x - (STEP - BAR) / 2}
              y={0}
              width={STEP}
              height={HEIGHT + MARKS}
            >
              <title>
                {[
                  t('destination.hourFrom', {
                    time: shortTime(t, hour, zone, now),
                  }),
                  deliveredLabel(t, delivered),
                  failed > 0 && failedCallsLabel(t, failed),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </title>
            </rect>
          </g>
        );
      })}
    </svg>
  );
}

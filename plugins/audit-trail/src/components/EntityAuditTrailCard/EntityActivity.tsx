import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMemo } from 'react';
import { useHistogram, useTimeZone, useTranslation } from '../../hooks';
import { bucketSentence, histogramSentence } from '../../model/histogram';
import { resolveTimeRange } from '../../model/timeRange';
import { Sparkline } from '../Sparkline';

const HEIGHT = 20;
const DAYS = 100;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: HEIGHT + 8,
      minWidth: 0,
    },
    caption: { whiteSpace: 'nowrap' },
  }),
  { name: 'AuditTrailEntityActivity' },
);

/** The last 90 days of an entity, a bar a day; nothing if it cannot be counted. */
export function EntityActivity(props: { entityRef: string }) {
  const { entityRef } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const [zone] = useTimeZone();
  const { value, error } = useHistogram({
    entityRef,
    zone,
    filter: resolveTimeRange({ preset: '90d' }),
    buckets: DAYS,
  });
  const bars = useMemo(
    () =>
      value?.buckets.map(bucket => ({
        id: bucket.from,
        value: bucket.total,
        marked: bucket.harmful > 0,
        title: bucketSentence(t, value, bucket),
      })) ?? [],
    [t, value],
  );
  if (error && !value) {
    return null;
  }
  return (
    <div className={classes.root}>
      <Typography
        className={classes.caption}
        variant="caption"
        color="textSecondary"
        aria-hidden
      >
        {t('chart.last90Days')}
      </Typography>
      {value ? (
        <Sparkline
          label={t('chart.last90DaysLabel', {
            activity: histogramSentence(t, value),
          })}
          bars={bars}
          bar={2}
          gap={1}
          height={HEIGHT}
        />
      ) : (
        <Skeleton width={200} height={HEIGHT} />
      )}
    </div>
  );
}

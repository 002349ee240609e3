import Skeleton from '@material-ui/lab/Skeleton';
import { useTranslation } from '../../hooks';
import { useRowStyles } from './useRowStyles';

/** Rows of the real height where destinations are on their way. */
export function DestinationSkeletons(props: { rows: number }) {
  const classes = useRowStyles();
  const { t } = useTranslation();
  return (
    <ul
      className={classes.list}
      aria-busy
      aria-label={t('destination.loading')}
    >
      {Array.from({ length: props.rows }, (_, row) => (
        <li key={row} className={classes.row} data-testid="skeleton-row">
          <div className={classes.state}>
            <Skeleton width={96} height={24} />
          </div>
          <div className={classes.what}>
            <Skeleton width="50%" height={24} />
            <Skeleton width="30%" height={22} />
          </div>
          <div className={classes.chart}>
            <Skeleton width={142} height={60} />
          </div>
          <div className={classes.success}>
            <Skeleton width={72} height={36} />
          </div>
          <div className={classes.waiting}>
            <Skeleton width={48} height={36} />
          </div>
          <div className={classes.actions}>
            <Skeleton width={150} height={32} />
          </div>
        </li>
      ))}
    </ul>
  );
}

import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import GetAppIcon from '@material-ui/icons/GetApp';
import RefreshIcon from '@material-ui/icons/Refresh';
import type { AuditEventPage } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { eventCountLabel } from '../../model/labels';
import type { TimeZone } from '../../model/times';
import { TimeZoneToggle } from '../TimeZoneToggle';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 48,
      padding: theme.spacing(1, 1.5),
    },
    count: { marginRight: 'auto' },
    button: { textTransform: 'none', height: 32 },
  }),
  { name: 'AuditTrailSummary' },
);

/** The line above the table: how many events there are, and what to do. */
export function TrailSummary(props: {
  page: AuditEventPage | undefined;
  /** Whether it is that of a view before, as the present one failed. */
  outdated: boolean;
  zone: TimeZone;
  onZone(zone: TimeZone): void;
  onRefresh(): void;
  /** Left out for those who may not export. */
  onDownload?: () => void;
  downloading: boolean;
}) {
  const { page, outdated, zone, onZone, onRefresh, onDownload, downloading } =
    props;
  const classes = useStyles();
  const { t } = useTranslation();
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const count = page
    ? eventCountLabel(t, page.totalItems, page.totalItemsCapped)
    : t('trail.loading');
  return (
    <div className={classes.root}>
      <Typography className={classes.count} variant="body2" role="status">
        {outdated ? t('trail.before', { events: count }) : count}
      </Typography>
      <TimeZoneToggle zone={zone} onZone={onZone} />
      <IconButton
        size="small"
        aria-label={t('common.refresh')}
        title={t('common.refresh')}
        onClick={onRefresh}
      >
        <RefreshIcon />
      </IconButton>
      {onDownload && (
        <Button
          className={classes.button}
          size="small"
          variant="outlined"
          startIcon={<GetAppIcon />}
          aria-label={t('export.downloadCsv')}
          disabled={downloading || outdated || !page?.totalItems}
          onClick={onDownload}
        >
          {narrow ? t('export.csv') : t('export.downloadCsv')}
        </Button>
      )}
    </div>
  );
}

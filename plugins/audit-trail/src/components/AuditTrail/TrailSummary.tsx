import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import RefreshIcon from '@material-ui/icons/Refresh';
import type {
  AuditEventHistogram,
  AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import { useTranslation, type TableSettings } from '../../hooks';
import { eventCountLabel } from '../../model/labels';
import type { TimeZone } from '../../model/times';
import type { Translate } from '../../translation';
import { CoverageLine } from '../CoverageLine';
import { ExportMenu, type ExportChoice } from '../Export';
import { KeyboardHelp, TableSettingsMenu } from '../TableSettings';
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
    count: { marginRight: 'auto', minWidth: 0 },
  }),
  { name: 'AuditTrailSummary' },
);

/** How many events there are: those of the page, or more if the chart knows. */
function countLabel(
  t: Translate,
  { totalItems, totalItemsCapped }: AuditEventPage,
  histogram: AuditEventHistogram | undefined,
): string {
  return totalItemsCapped && histogram?.complete && histogram.total > totalItems
    ? eventCountLabel(t, histogram.total)
    : eventCountLabel(t, totalItems, totalItemsCapped);
}

/** The line above the table: how many events there are, and what to do. */
export function TrailSummary(props: {
  page: AuditEventPage | undefined;
  /** Changes whenever it is looked again. */
  asked: unknown;
  /** The chart of the same view, if it is there: it may have counted more. */
  histogram: AuditEventHistogram | undefined;
  /** Whether it is that of a view before, as the present one failed. */
  outdated: boolean;
  zone: TimeZone;
  onZone(zone: TimeZone): void;
  settings: TableSettings;
  onRefresh(): void;
  /** Left out for those who may not export. */
  onExport?: (choice: ExportChoice) => void;
  exporting: boolean;
}) {
  const {
    page,
    asked,
    histogram,
    outdated,
    zone,
    onZone,
    onRefresh,
    onExport,
    exporting,
  } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const count = page ? countLabel(t, page, histogram) : t('trail.loading');
  return (
    <div className={classes.root}>
      <div className={classes.count}>
        <Typography variant="body2" role="status">
          {outdated ? t('trail.before', { events: count }) : count}
        </Typography>
        <CoverageLine zone={zone} asked={asked} />
      </div>
      <TimeZoneToggle zone={zone} onZone={onZone} />
      <TableSettingsMenu settings={props.settings} />
      <KeyboardHelp />
      <IconButton
        size="small"
        aria-label={t('common.refresh')}
        title={t('common.refresh')}
        onClick={onRefresh}
      >
        <RefreshIcon />
      </IconButton>
      {onExport && (
        <ExportMenu
          disabled={exporting || outdated || !page?.totalItems}
          onExport={onExport}
        />
      )}
    </div>
  );
}

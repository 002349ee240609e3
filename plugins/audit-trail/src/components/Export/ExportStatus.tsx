import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useTranslation, type Export, type ExportProgress } from '../../hooks';
import { durationLabel } from '../../model/durations';
import { errorReason } from '../../model/errors';
import { byteLabel, eventCountLabel } from '../../model/labels';
import type { Translate } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    alert: {
      margin: theme.spacing(0, 1.5, 1),
      '& button': { textTransform: 'none' },
    },
    running: {
      margin: theme.spacing(0, 1.5, 1),
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      '& button': { textTransform: 'none' },
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
  }),
  { name: 'AuditTrailExportStatus' },
);

/** Events, bytes and time left, as far as they are known. */
function progressLabel(t: Translate, progress: ExportProgress): string {
  const { bytes, rows, expected, secondsLeft } = progress;
  const all = expected && eventCountLabel(t, expected.count, expected.orMore);
  const come = rows === undefined ? undefined : eventCountLabel(t, rows);
  const events =
    come && all ? t('export.eventsOf', { events: come, all }) : come ?? all;
  const left =
    secondsLeft !== undefined &&
    t('export.timeLeft', { time: durationLabel(t, secondsLeft) });
  return [events, byteLabel(t, bytes), left].filter(Boolean).join(' · ');
}

/** How much of it is done, in per cent, as far as it is known. */
function percentage({ rows, expected }: ExportProgress): number | undefined {
  return rows !== undefined && expected && !expected.orMore
    ? Math.min(100, (100 * rows) / Math.max(1, expected.count))
    : undefined;
}

/** How far an export is, and how it ended. */
export function ExportStatus(props: { running: Export; onRetry(): void }) {
  const { running, onRetry } = props;
  const { state, cancel, dismiss } = running;
  const classes = useStyles();
  const { t } = useTranslation();
  switch (state.status) {
    case 'running': {
      const done = percentage(state.progress);
      return (
        <div className={classes.running}>
          <div className={classes.line}>
            <Typography variant="body2">
              {t('export.running', {
                progress: progressLabel(t, state.progress),
              })}
            </Typography>
            <Button size="small" onClick={cancel}>
              {t('common.cancel')}
            </Button>
          </div>
          <LinearProgress
            aria-label={t('export.progress')}
            variant={done === undefined ? 'indeterminate' : 'determinate'}
            value={done}
          />
          <Typography variant="caption" color="textSecondary">
            {t('export.stay')}
          </Typography>
        </div>
      );
    }
    case 'saved':
      return (
        <Alert
          className={classes.alert}
          severity="success"
          role="status"
          onClose={dismiss}
        >
          {t('export.saved', {
            events: eventCountLabel(t, state.rows),
            size: byteLabel(t, state.bytes),
            fileName: state.fileName,
          })}
        </Alert>
      );
    case 'failed':
      return (
        <Alert
          className={classes.alert}
          severity="error"
          action={
            <>
              <Button size="small" color="inherit" onClick={onRetry}>
                {t('export.again')}
              </Button>
              <Button size="small" color="inherit" onClick={dismiss}>
                {t('common.dismiss')}
              </Button>
            </>
          }
        >
          {t('export.failed', {
            size: byteLabel(t, state.bytes),
            reason:
              state.error.name === 'IncompleteExportError'
                ? t('export.notWhole')
                : errorReason(t, state.error),
          })}
        </Alert>
      );
    default:
      return null;
  }
}

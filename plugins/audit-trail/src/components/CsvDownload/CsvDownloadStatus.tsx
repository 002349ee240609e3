import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useTranslation, type CsvDownload } from '../../hooks';
import { errorReason } from '../../model/errors';
import { byteLabel, eventCountLabel } from '../../model/labels';

const useStyles = makeStyles(
  theme => ({
    running: {
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
  }),
  { name: 'AuditTrailCsvDownloadStatus' },
);

/** How far the download is, and how it ended. */
export function CsvDownloadStatus(props: {
  download: CsvDownload;
  onRetry(): void;
}) {
  const { download, onRetry } = props;
  const { state, cancel, dismiss } = download;
  const classes = useStyles();
  const { t } = useTranslation();
  switch (state.status) {
    case 'running':
      return (
        <div className={classes.running}>
          <div className={classes.line}>
            <Typography variant="body2" role="status">
              {t('export.running', {
                events: eventCountLabel(t, state.rows),
                size: byteLabel(t, state.bytes),
              })}
            </Typography>
            <Button size="small" onClick={cancel}>
              {t('common.cancel')}
            </Button>
          </div>
          <LinearProgress aria-label={t('export.progress')} />
        </div>
      );
    case 'saved':
      return (
        <Alert severity="success" onClose={dismiss}>
          {t('export.saved', {
            events: eventCountLabel(t, state.rows),
            fileName: state.fileName,
          })}
        </Alert>
      );
    case 'failed':
      return (
        <Alert
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
            events: eventCountLabel(t, state.rows),
            reason: errorReason(t, state.error),
          })}
        </Alert>
      );
    default:
      return null;
  }
}

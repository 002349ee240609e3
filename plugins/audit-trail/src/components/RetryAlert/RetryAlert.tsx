import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';

const useStyles = makeStyles(
  { button: { textTransform: 'none' } },
  { name: 'AuditTrailRetryAlert' },
);

/** Says what could not be done and why, and does it again on demand. */
export function RetryAlert(props: {
  /** What could not be done, as the beginning of a sentence. */
  what: string;
  error: Error;
  onRetry(): void;
}) {
  const { what, error, onRetry } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <Alert
      severity="error"
      action={
        <Button
          className={classes.button}
          size="small"
          color="inherit"
          onClick={onRetry}
        >
          {t('common.retry')}
        </Button>
      }
    >
      {what}: {errorReason(t, error)}
    </Alert>
  );
}

import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';

/** Says what could not be done and why, and does it again on demand. */
export function RetryAlert(props: {
  /** What could not be done, as the beginning of a sentence. */
  what: string;
  error: Error;
  onRetry(): void;
}) {
  const { what, error, onRetry } = props;
  const { t } = useTranslation();
  return (
    <Alert
      severity="error"
      action={
        <Button size="small" color="inherit" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      }
    >
      {what}: {errorReason(t, error)}
    </Alert>
  );
}

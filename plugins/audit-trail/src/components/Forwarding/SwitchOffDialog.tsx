import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { useTranslation } from '../../hooks';
import { eventCountLabel } from '../../model/labels';
import { errorReason } from '../../model/errors';
import { CancelButton, FormDialog } from '../FormDialog';
import type { SettingsDialogProps } from './settingsDialog';

/** Asks before what waits for a destination is given up. */
export function SwitchOffDialog(props: SettingsDialogProps) {
  const { destination, saving, error, onClose, onSave } = props;
  const { t } = useTranslation();
  const { paused, pending, pendingCapped, state, title } = destination;
  return (
    <FormDialog
      title={t('switchOff.title', { title })}
      busy={saving}
      onClose={onClose}
      actions={
        <>
          <CancelButton disabled={saving} onClick={onClose} />
          {!paused && state !== 'gone' && (
            <Button
              color="primary"
              disabled={saving}
              onClick={() => onSave({ paused: true })}
            >
              {t('switchOff.pauseInstead')}
            </Button>
          )}
          <Button
            color="primary"
            variant="contained"
            disabled={saving}
            onClick={() => onSave({ enabled: false })}
          >
            {t('switchOff.switchOff')}
          </Button>
        </>
      }
    >
      {pending > 0 && (
        <Alert severity="warning">
          {t('switchOff.drops', {
            count: pending,
            events: eventCountLabel(t, pending, pendingCapped),
          })}
        </Alert>
      )}
      <Typography>{t('switchOff.text')}</Typography>
      {!paused && state !== 'gone' && (
        <Typography>{t('switchOff.hint')}</Typography>
      )}
      {error && (
        <Alert severity="error">
          {t('switchOff.failed', { reason: errorReason(t, error) })}
        </Alert>
      )}
    </FormDialog>
  );
}

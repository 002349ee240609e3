import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { eventCountLabel } from '../../model/labels';
import { errorReason } from '../../model/errors';
import { CancelButton, FormDialog } from '../FormDialog';
import type { SettingsDialogProps } from './settingsDialog';

/** Asks before what waits for a destination is given up. */
export function SwitchOffDialog(props: SettingsDialogProps) {
  const { destination, saving, error, onClose, onSave } = props;
  const { paused, pending, pendingCapped, state, title } = destination;
  return (
    <FormDialog
      title={`Switch ${title} off?`}
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
              Pause instead
            </Button>
          )}
          <Button
            color="primary"
            variant="contained"
            disabled={saving}
            onClick={() => onSave({ enabled: false })}
          >
            Switch off
          </Button>
        </>
      }
    >
      {pending > 0 && (
        <Alert severity="warning">
          {pending === 1
            ? 'The event that waits is dropped: it will'
            : `The ${eventCountLabel(
                pending,
                pendingCapped,
              )} that wait are dropped: they will`}{' '}
          not be sent when you switch it on again.
        </Alert>
      )}
      <Typography>
        Nothing is sent there from now on, and nothing is kept for it. Dead
        letters stay.
      </Typography>
      {!paused && state !== 'gone' && (
        <Typography>
          If you only want to hold events back for a while, pause it: then they
          wait.
        </Typography>
      )}
      {error && (
        <Alert severity="error">
          It could not be switched off: {errorReason(error)}
        </Alert>
      )}
    </FormDialog>
  );
}

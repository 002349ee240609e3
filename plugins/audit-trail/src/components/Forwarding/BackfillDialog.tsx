import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { useMatchCount } from '../../hooks';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import {
  fromInputValue,
  toInputValue,
  zoneName,
  type TimeZone,
} from '../../model/times';
import { CancelButton, FormDialog } from '../FormDialog';
import { TimeZoneToggle } from '../TimeZoneToggle';
import type { SettingsDialogProps } from './settingsDialog';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
    },
    field: { flex: '1 1 220px' },
  }),
  { name: 'AuditTrailBackfillDialog' },
);

/** Why a moment cannot be the first one to send from. */
function problemOf(value: string, from: string | undefined) {
  if (!from) {
    return value ? 'Must be a time from 1970 on' : undefined;
  }
  return Date.parse(from) > Date.now() ? 'Must be in the past' : undefined;
}

/** Sends events from before a destination was set up, or was switched on. */
export function BackfillDialog(
  props: SettingsDialogProps & {
    zone: TimeZone;
    onZone(zone: TimeZone): void;
  },
) {
  const { destination, saving, error, zone, onZone, onClose, onSave } = props;
  const { filter, title } = destination;
  const classes = useStyles();
  // Kept as a moment, so that another zone shows the same one.
  const [from, setFrom] = useState<string | undefined>(() =>
    DateTime.utc().minus({ days: 1 }).startOf('hour').toJSDate().toISOString(),
  );
  const [typed, setTyped] = useState<string>();
  const value = typed ?? toInputValue(from, zone);
  const problem = problemOf(value, from);
  const valid = from && !problem ? from : undefined;
  const count = useMatchCount(
    valid !== undefined
      ? {
          ...filter,
          from: filter.from && filter.from > valid ? filter.from : valid,
        }
      : undefined,
  );
  const onType = (next: string) => {
    const moment = fromInputValue(next, 'from', zone);
    setTyped(moment ? undefined : next);
    setFrom(moment);
  };
  return (
    <FormDialog
      title={`Send earlier events to ${title}`}
      busy={saving}
      onClose={onClose}
      actions={
        <>
          <CancelButton disabled={saving} onClick={onClose} />
          <Button
            color="primary"
            variant="contained"
            disabled={saving || !valid}
            onClick={() => onSave({ backfillFrom: valid })}
          >
            Send
          </Button>
        </>
      }
    >
      <Typography>
        Events from a moment on that its filter chooses are sent as well, oldest
        first. What was queued for it before is not sent again, nor what was
        dropped when it was switched off.
      </Typography>
      <div className={classes.line}>
        <TextField
          className={classes.field}
          size="small"
          variant="outlined"
          id="audit-trail-backfill-from"
          type="datetime-local"
          label={`From, in ${zoneName(zone)}`}
          InputLabelProps={{ shrink: true }}
          value={value}
          error={Boolean(problem)}
          helperText={problem}
          onChange={event => onType(event.target.value)}
        />
        <TimeZoneToggle zone={zone} onZone={onZone} />
      </div>
      <Typography variant="body2" color="textSecondary" role="status">
        {count.loading && 'Counting the events …'}
        {count.value &&
          valid &&
          !count.loading &&
          `The filter chooses ${eventCountLabel(
            count.value.totalItems,
            count.value.totalItemsCapped,
          )} from then until now.`}
      </Typography>
      {error && (
        <Alert severity="error">
          It could not be started: {errorReason(error)}
        </Alert>
      )}
    </FormDialog>
  );
}

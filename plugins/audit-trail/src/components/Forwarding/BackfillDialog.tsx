import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { useMatchCount, useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';
import { eventCountLabel } from '../../model/labels';
import {
  fromInputValue,
  toInputValue,
  zoneName,
  type TimeZone,
} from '../../model/times';
import type { Translate } from '../../translation';
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
function problemOf(t: Translate, value: string, from: string | undefined) {
  if (!from) {
    return value ? t('backfill.noTime') : undefined;
  }
  return Date.parse(from) > Date.now() ? t('backfill.notPast') : undefined;
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
  const { t } = useTranslation();
  // Kept as a moment, so that another zone shows the same one.
  const [from, setFrom] = useState<string | undefined>(() =>
    DateTime.utc().minus({ days: 1 }).startOf('hour').toJSDate().toISOString(),
  );
  const [typed, setTyped] = useState<string>();
  const value = typed ?? toInputValue(from, zone);
  const problem = problemOf(t, value, from);
  const valid = from && !problem ? from : undefined;
  const count = useMatchCount(
    destination.id,
    valid === undefined ? undefined : { filter, since: valid },
  );
  const onType = (next: string) => {
    const moment = fromInputValue(next, 'from', zone);
    setTyped(moment ? undefined : next);
    setFrom(moment);
  };
  return (
    <FormDialog
      title={t('backfill.title', { title })}
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
            {t('backfill.send')}
          </Button>
        </>
      }
    >
      <Typography>{t('backfill.text')}</Typography>
      <div className={classes.line}>
        <TextField
          className={classes.field}
          size="small"
          variant="outlined"
          id="audit-trail-backfill-from"
          type="datetime-local"
          label={t('backfill.from', { zone: zoneName(t, zone) })}
          InputLabelProps={{ shrink: true }}
          value={value}
          error={Boolean(problem)}
          helperText={problem}
          onChange={event => onType(event.target.value)}
        />
        <TimeZoneToggle zone={zone} onZone={onZone} />
      </div>
      <Typography variant="body2" color="textSecondary" role="status">
        {count.loading && t('backfill.counting')}
        {count.error &&
          t('filterEditor.countFailed', {
            reason: errorReason(t, count.error),
          })}
        {count.value &&
          valid &&
          !count.loading &&
          t('backfill.counted', {
            events: eventCountLabel(
              t,
              count.value.totalItems,
              count.value.totalItemsCapped,
            ),
          })}
      </Typography>
      {error && (
        <Alert severity="error">
          {t('backfill.failed', { reason: errorReason(t, error) })}
        </Alert>
      )}
    </FormDialog>
  );
}

import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useTranslation } from '../../hooks';
import { numberLabel } from '../../model/labels';

/** Longest time that failed runs are kept back, in minutes. */
const MOST = 1_440;

const useStyles = makeStyles(
  { root: { maxWidth: 420 } },
  {
    name: 'AuditTrailHoldField',
  },
);

/** The minutes that were typed, if they are any. */
export function readHoldMinutes(typed: string): number | undefined {
  const minutes = Number(typed);
  return /^\d+$/.test(typed) && minutes <= MOST ? minutes : undefined;
}

/** For how long failed runs are kept back. */
export function HoldField(props: {
  value: string;
  /** What the backend says of it. */
  error?: string;
  onChange(value: string): void;
}) {
  const { value, error, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const problem =
    readHoldMinutes(value) === undefined
      ? t('filterEditor.holdProblem', { most: numberLabel(t, MOST) })
      : error;
  return (
    <TextField
      className={classes.root}
      size="small"
      variant="outlined"
      type="number"
      id="audit-trail-hold-failures"
      label={t('filterEditor.hold')}
      inputProps={{ min: 0, max: MOST, step: 1 }}
      value={value}
      error={Boolean(problem)}
      helperText={problem ?? t('filterEditor.holdHint')}
      onChange={event => onChange(event.target.value)}
    />
  );
}

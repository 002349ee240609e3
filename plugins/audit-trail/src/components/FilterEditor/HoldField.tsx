import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';

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
  const problem =
    readHoldMinutes(value) === undefined
      ? `Must be a whole number from 0 to ${MOST.toLocaleString('en')}`
      : error;
  return (
    <TextField
      className={classes.root}
      size="small"
      variant="outlined"
      type="number"
      id="audit-trail-hold-failures"
      label="Hold failed runs for, in minutes"
      inputProps={{ min: 0, max: MOST, step: 1 }}
      value={value}
      error={Boolean(problem)}
      helperText={
        problem ??
        'If a run of the same thing succeeds meanwhile, the failure is not sent. 0 sends failures at once.'
      }
      onChange={event => onChange(event.target.value)}
    />
  );
}

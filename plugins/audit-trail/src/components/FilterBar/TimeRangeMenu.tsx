import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import MenuItem from '@material-ui/core/MenuItem';
import MenuList from '@material-ui/core/MenuList';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState, type FormEvent } from 'react';
import {
  TIME_PRESETS,
  resolveTimeRange,
  type TimeRange,
} from '../../model/timeRange';
import {
  fromInputValue,
  shortTime,
  toInputValue,
  zoneName,
  type TimeZone,
} from '../../model/times';
import { FilterMenu } from '../FilterMenu';

const useStyles = makeStyles(
  theme => ({
    form: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2, 2),
    },
    apply: { alignSelf: 'flex-end' },
  }),
  { name: 'AuditTrailTimeRangeMenu' },
);

/** A time range in a few words. */
export function timeRangeLabel(range: TimeRange, zone: TimeZone): string {
  if (range.preset) {
    return TIME_PRESETS.find(({ id }) => id === range.preset)!.label;
  }
  const now = Date.now();
  const from = range.from && shortTime(range.from, zone, now);
  const to = range.to && shortTime(range.to, zone, now);
  if (from && to) {
    return `${from} – ${to}`;
  }
  return from ? `Since ${from}` : `Until ${to}`;
}

const NO_TIME = 'Must be a time from 1970 to 9999';

function CustomRange(props: {
  range: TimeRange;
  zone: TimeZone;
  onChange(range: TimeRange): void;
}) {
  const { range, zone, onChange } = props;
  const classes = useStyles();
  const bounds = resolveTimeRange(range);
  const [from, setFrom] = useState(() => toInputValue(bounds.from, zone));
  const [to, setTo] = useState(() => toInputValue(bounds.to, zone));
  const chosen = {
    from: fromInputValue(from, 'from', zone),
    to: fromInputValue(to, 'to', zone),
  };
  const isNoTime = {
    from: Boolean(from) && !chosen.from,
    to: Boolean(to) && !chosen.to,
  };
  const reversed = Boolean(chosen.from && chosen.to && chosen.from > chosen.to);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onChange(chosen);
  };
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      <Typography variant="body2" color="textSecondary">
        Custom, in {zoneName(zone)}
      </Typography>
      <TextField
        size="small"
        variant="outlined"
        type="datetime-local"
        label="From"
        InputLabelProps={{ shrink: true }}
        value={from}
        error={isNoTime.from}
        helperText={isNoTime.from ? NO_TIME : undefined}
        onChange={event => setFrom(event.target.value)}
      />
      <TextField
        size="small"
        variant="outlined"
        type="datetime-local"
        label="To, included"
        InputLabelProps={{ shrink: true }}
        value={to}
        error={reversed || isNoTime.to}
        helperText={
          (isNoTime.to && NO_TIME) ||
          (reversed ? 'Must not be before From' : undefined)
        }
        onChange={event => setTo(event.target.value)}
      />
      <Button
        className={classes.apply}
        type="submit"
        color="primary"
        variant="contained"
        size="small"
        disabled={
          reversed ||
          isNoTime.from ||
          isNoTime.to ||
          (!chosen.from && !chosen.to)
        }
      >
        Apply
      </Button>
    </form>
  );
}

/** Chooses the time range: a preset, or from and to. */
export function TimeRangeMenu(props: {
  range: TimeRange;
  zone: TimeZone;
  onChange(range: TimeRange): void;
}) {
  const { range, zone, onChange } = props;
  return (
    <FilterMenu label={timeRangeLabel(range, zone)}>
      {close => {
        const choose = (next: TimeRange) => {
          onChange(next);
          close();
        };
        return (
          <>
            <MenuList autoFocusItem aria-label="Time range">
              {TIME_PRESETS.map(({ id, label }) => (
                <MenuItem
                  key={id}
                  dense
                  role="menuitemradio"
                  aria-checked={range.preset === id}
                  selected={range.preset === id}
                  onClick={() => choose({ preset: id })}
                >
                  {label}
                </MenuItem>
              ))}
            </MenuList>
            <Divider />
            <CustomRange range={range} zone={zone} onChange={choose} />
          </>
        );
      }}
    </FilterMenu>
  );
}

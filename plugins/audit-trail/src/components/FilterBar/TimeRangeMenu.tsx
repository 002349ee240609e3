import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import MenuItem from '@material-ui/core/MenuItem';
import MenuList from '@material-ui/core/MenuList';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState, type FormEvent } from 'react';
import { useAccess, useTranslation } from '../../hooks';
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
import type { Translate } from '../../translation';
import { FilterMenu } from '../FilterMenu';

const useStyles = makeStyles(
  theme => ({
    kept: { display: 'block', padding: theme.spacing(0.5, 2, 1) },
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
export function timeRangeLabel(
  t: Translate,
  range: TimeRange,
  zone: TimeZone,
): string {
  if (range.preset) {
    return t(`range.${range.preset}`);
  }
  const now = Date.now();
  const from = range.from && shortTime(t, range.from, zone, now);
  const to = range.to && shortTime(t, range.to, zone, now);
  if (from && to) {
    return t('range.between', { from, to });
  }
  return from ? t('range.since', { from }) : t('range.until', { to: to! });
}

function CustomRange(props: {
  range: TimeRange;
  zone: TimeZone;
  onChange(range: TimeRange): void;
}) {
  const { range, zone, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslation();
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
        {t('range.custom', { zone: zoneName(t, zone) })}
      </Typography>
      <TextField
        size="small"
        variant="outlined"
        type="datetime-local"
        id="audit-trail-range-from"
        label={t('range.from')}
        InputLabelProps={{ shrink: true }}
        value={from}
        error={isNoTime.from}
        helperText={isNoTime.from ? t('range.noTime') : undefined}
        onChange={event => setFrom(event.target.value)}
      />
      <TextField
        size="small"
        variant="outlined"
        type="datetime-local"
        id="audit-trail-range-to"
        label={t('range.to')}
        InputLabelProps={{ shrink: true }}
        value={to}
        error={reversed || isNoTime.to}
        helperText={
          (isNoTime.to && t('range.noTime')) ||
          (reversed ? t('range.reversed') : undefined)
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
        {t('range.apply')}
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
  const classes = useStyles();
  const { t } = useTranslation();
  const { value: access } = useAccess();
  const days = access?.retentionDays;
  return (
    <FilterMenu label={timeRangeLabel(t, range, zone)}>
      {close => {
        const choose = (next: TimeRange) => {
          onChange(next);
          close();
        };
        return (
          <>
            <MenuList autoFocusItem aria-label={t('range.label')}>
              {TIME_PRESETS.map(id => (
                <MenuItem
                  key={id}
                  dense
                  role="menuitemradio"
                  aria-checked={range.preset === id}
                  selected={range.preset === id}
                  onClick={() => choose({ preset: id })}
                >
                  {t(`range.${id}`)}
                </MenuItem>
              ))}
            </MenuList>
            {days !== undefined && (
              <Typography
                className={classes.kept}
                variant="caption"
                color="textSecondary"
              >
                {t('range.kept', { days: String(days) })}
              </Typography>
            )}
            <Divider />
            <CustomRange range={range} zone={zone} onChange={choose} />
          </>
        );
      }}
    </FilterMenu>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useTranslation } from '../../hooks';
import { zoneName, type TimeZone } from '../../model/times';

const useStyles = makeStyles(
  theme => ({
    toggle: { textTransform: 'none', height: 32, padding: theme.spacing(0, 1) },
  }),
  { name: 'AuditTrailTimeZoneToggle' },
);

/** Chooses the zone that times are shown in. */
export function TimeZoneToggle(props: {
  zone: TimeZone;
  onZone(zone: TimeZone): void;
}) {
  const { zone, onZone } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={t('timeZone.label')}
      value={zone}
      onChange={(_, next) => next && onZone(next)}
    >
      <ToggleButton
        className={classes.toggle}
        value="local"
        title={zoneName(t, 'local')}
      >
        {t('timeZone.local')}
      </ToggleButton>
      <ToggleButton className={classes.toggle} value="utc">
        {t('timeZone.utc')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

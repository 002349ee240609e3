import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import type { Destination } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(0, 0.5, 0, 0) },
    label: { minWidth: 24, fontSize: '0.8125rem' },
  }),
  { name: 'AuditTrailDestinationSwitch' },
);

/** Whether events go to a destination; one that is gone takes none. */
export function DestinationSwitch(props: {
  destination: Destination;
  /** Whether the reader may do more than look. */
  mayChange: boolean;
  saving: boolean;
  onSwitchOn(): void;
  onSwitchOff(): void;
}) {
  const { destination, mayChange, saving, onSwitchOn, onSwitchOff } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const on = destination.enabled && destination.state !== 'gone';
  return (
    <FormControlLabel
      classes={classes}
      disabled={!mayChange}
      control={
        <Switch
          size="small"
          color="primary"
          checked={on}
          inputProps={{
            role: 'switch',
            'aria-label': t('destination.sendTo', { title: destination.title }),
            // Not `disabled`, at which the focus would be lost.
            'aria-disabled': saving || undefined,
          }}
          onChange={() => {
            if (!saving) {
              (on ? onSwitchOff : onSwitchOn)();
            }
          }}
        />
      }
      label={<span aria-hidden>{t(on ? 'common.on' : 'common.off')}</span>}
    />
  );
}

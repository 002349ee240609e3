import { makeStyles } from '@material-ui/core/styles';
import AccessTimeIcon from '@material-ui/icons/AccessTime';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import NightsStayOutlinedIcon from '@material-ui/icons/NightsStayOutlined';
import PauseCircleOutlineIcon from '@material-ui/icons/PauseCircleOutline';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import type { DestinationState } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { errorTone } from '../Sparkline/errorTone';

const LOOKS = {
  working: { Icon: CheckCircleIcon, tone: 'good' },
  quiet: { Icon: NightsStayOutlinedIcon, tone: 'calm' },
  'falling-behind': { Icon: AccessTimeIcon, tone: 'warning' },
  failing: { Icon: ErrorIcon, tone: 'bad' },
  gone: { Icon: BlockIcon, tone: 'bad' },
  paused: { Icon: PauseCircleOutlineIcon, tone: 'calm' },
  off: { Icon: RadioButtonUncheckedIcon, tone: 'calm' },
} as const;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      fontSize: '0.875rem',
      fontWeight: theme.typography.fontWeightBold as 700,
      lineHeight: '24px',
      whiteSpace: 'nowrap',
      '& svg': { fontSize: '1.25rem' },
    },
    good: { '& svg': { color: theme.palette.success.main } },
    calm: { '& svg': { color: theme.palette.text.secondary } },
    warning: { '& svg': { color: theme.palette.warning.main } },
    bad: { '& svg': { color: errorTone(theme) } },
  }),
  { name: 'AuditTrailDestinationState' },
);

/** How a destination is doing, as an icon and a word. */
export function DestinationStateLabel(props: { state: DestinationState }) {
  const classes = useStyles();
  const { t } = useTranslation();
  const { Icon, tone } = LOOKS[props.state];
  return (
    <span className={`${classes.root} ${classes[tone]}`}>
      <Icon aria-hidden />
      {t(`destination.state.${props.state}`)}
    </span>
  );
}

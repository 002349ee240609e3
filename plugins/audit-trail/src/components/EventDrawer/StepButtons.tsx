import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ChevronLeftIcon from '@material-ui/icons/ChevronLeft';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import { useTranslation, type EventSteps } from '../../hooks';

const STEPS = {
  previous: {
    label: 'drawer.previous',
    atEnd: 'drawer.first',
    Icon: ChevronLeftIcon,
  },
  next: {
    label: 'drawer.next',
    atEnd: 'drawer.last',
    Icon: ChevronRightIcon,
  },
} as const;

const useStyles = makeStyles(
  theme => ({
    disabled: {
      color: theme.palette.action.disabled,
      cursor: 'default',
      '&:hover': { backgroundColor: 'transparent' },
    },
  }),
  { name: 'AuditTrailStepButtons' },
);

/** Lead to the events before and after one in the list; say why they do not. */
export function StepButtons(props: { steps: EventSteps }) {
  const { steps } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <>
      {(['previous', 'next'] as const).map(direction => {
        const { atEnd, Icon } = STEPS[direction];
        const label = t(STEPS[direction].label);
        const go = steps[direction];
        const missing = steps.listed ? t(atEnd) : t('drawer.notListed');
        // Not `disabled`, which would have no tooltip and lose the focus when
        // the button itself leads to the end of the list.
        return (
          <IconButton
            key={direction}
            className={go ? undefined : classes.disabled}
            size="small"
            disableRipple={!go}
            aria-label={label}
            aria-disabled={!go}
            title={go || steps.moving ? label : missing}
            onClick={go}
          >
            <Icon />
          </IconButton>
        );
      })}
    </>
  );
}

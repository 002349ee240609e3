import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ChevronLeftIcon from '@material-ui/icons/ChevronLeft';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import type { EventSteps } from '../../hooks';

const STEPS = {
  previous: {
    label: 'Previous event',
    atEnd: 'This is the first event of the list',
    Icon: ChevronLeftIcon,
  },
  next: {
    label: 'Next event',
    atEnd: 'This is the last event of the list',
    Icon: ChevronRightIcon,
  },
};

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
  return (
    <>
      {(['previous', 'next'] as const).map(direction => {
        const { label, atEnd, Icon } = STEPS[direction];
        const go = steps[direction];
        const missing = steps.listed
          ? atEnd
          : 'This event is not on the page of the list that is shown';
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

import ButtonBase from '@material-ui/core/ButtonBase';
import Checkbox from '@material-ui/core/Checkbox';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { AuditEvent, Delivery } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { attemptsLabel } from '../../model/deliveryLabels';
import { resourceName } from '../../model/labels';
import type { TimeZone } from '../../model/times';
import { EventTime, HarmfulIcon } from '../EventParts';

const useStyles = makeStyles(
  theme => ({
    row: {
      '&, &:nth-of-type(odd)': { backgroundColor: 'transparent' },
      '&&.Mui-selected, &&.Mui-selected:hover': {
        backgroundColor: theme.palette.action.selected,
      },
      '& > td': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    check: {
      padding: theme.spacing(0.25, 0, 0, 1),
      verticalAlign: 'top',
      borderBottom: 0,
    },
    cell: {
      padding: theme.spacing(1, 1.5),
      verticalAlign: 'top',
      lineHeight: '20px',
      overflowWrap: 'anywhere',
      borderBottom: 0,
    },
    event: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
    },
    open: {
      justifyContent: 'flex-start',
      textAlign: 'left',
      font: 'inherit',
      color: theme.palette.primary.main,
      borderRadius: theme.shape.borderRadius,
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 1,
      },
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'AuditTrailDeadLetterRow' },
);

/** One event that a destination did not take. */
export function DeadLetterRow(props: {
  delivery: Delivery;
  now: number;
  zone: TimeZone;
  /** Whether the reason stands below the event. */
  compact: boolean;
  selected: boolean;
  onSelect(): void;
  onOpen(event: AuditEvent): void;
}) {
  const { delivery, now, zone, compact, selected, onSelect, onOpen } = props;
  const { at, error, event, eventId } = delivery;
  const classes = useStyles();
  const { t } = useTranslation();
  const name = event
    ? t('deadLetter.name', {
        label: event.label,
        resource: resourceName(event.resource),
      })
    : eventId;
  const reason = (
    <>
      {error ?? t('deadLetter.noReason')}
      <div className={classes.quiet}>
        {attemptsLabel(t, delivery)} ·{' '}
        <EventTime time={at} now={now} zone={zone} />
      </div>
    </>
  );
  return (
    <TableRow className={classes.row} selected={selected}>
      <TableCell className={classes.check}>
        <Checkbox
          size="small"
          color="primary"
          inputProps={{ 'aria-label': t('deadLetter.select', { name }) }}
          checked={selected && Boolean(event)}
          disabled={!event}
          onChange={onSelect}
        />
      </TableCell>
      <TableCell className={classes.cell}>
        {event ? (
          <>
            <div className={classes.event}>
              {event.harmful && <HarmfulIcon />}
              <ButtonBase
                className={classes.open}
                onClick={() => onOpen(event)}
              >
                {event.label}
              </ButtonBase>
            </div>
            <div className={classes.quiet}>
              {resourceName(event.resource)} ·{' '}
              <EventTime time={event.occurredAt} now={now} zone={zone} />
            </div>
          </>
        ) : (
          <span className={classes.quiet}>
            {t('deadLetter.notKept', { id: eventId })}
          </span>
        )}
        {compact && reason}
      </TableCell>
      {!compact && <TableCell className={classes.cell}>{reason}</TableCell>}
    </TableRow>
  );
}

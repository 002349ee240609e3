import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import MailOutlineIcon from '@material-ui/icons/MailOutline';
import type {
  Destination,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import {
  deadLettersLabel,
  destinationNote,
} from '../../model/destinationLabels';
import { shortTime, type TimeZone } from '../../model/times';

const useStyles = makeStyles(
  theme => ({
    alert: {
      alignItems: 'center',
      padding: theme.spacing(0.25, 1.5),
      '& button': { textTransform: 'none', whiteSpace: 'nowrap' },
    },
    reason: {
      display: 'block',
      fontWeight: theme.typography.fontWeightBold as 700,
      overflowWrap: 'anywhere',
    },
    backfill: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
    progress: { marginTop: theme.spacing(0.5), maxWidth: 360 },
    quiet: {
      margin: 0,
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AuditTrailDestinationNotes' },
);

function Backfill(props: {
  backfill: NonNullable<Destination['backfill']>;
  now: number;
  zone: TimeZone;
}) {
  const { backfill, now, zone } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const from = Date.parse(backfill.from);
  const done = (Date.parse(backfill.reached) - from) / Math.max(1, now - from);
  return (
    <div className={classes.backfill}>
      {t('destination.backfill', {
        from: shortTime(t, backfill.from, zone, now),
        reached: shortTime(t, backfill.reached, zone, now),
      })}
      <LinearProgress
        className={classes.progress}
        variant="determinate"
        aria-label={t('destination.backfillProgress')}
        value={Math.min(100, Math.max(0, 100 * done))}
      />
    </div>
  );
}

/** Why a destination is as it is, without a click, and the next step. */
export function DestinationNotes(props: {
  destination: Destination;
  now: number;
  zone: TimeZone;
  /** Whether the reader may do more than look. */
  mayChange: boolean;
  saving: boolean;
  /** Whether the dead letters are shown below. */
  unfolded: boolean;
  onUnfold(unfolded: boolean): void;
  onUpdate(changes: UpdateDestinationRequest): void;
}) {
  const { destination, now, zone, mayChange, saving } = props;
  const { unfolded, onUnfold, onUpdate } = props;
  const { backfill, deadLetters, state, title } = destination;
  const classes = useStyles();
  const { t } = useTranslation();
  const note = destinationNote(t, destination, now, zone);
  const step = (label: string, changes: UpdateDestinationRequest) => (
    <Button
      size="small"
      color="inherit"
      aria-label={t('destination.stepLabel', { label, title })}
      disabled={saving}
      onClick={() => onUpdate(changes)}
    >
      {label}
    </Button>
  );
  return (
    <>
      {note && (
        // No `alert`, which would be read out anew with each look at the clock.
        <Alert
          className={classes.alert}
          role="note"
          severity={note.severity}
          action={
            (mayChange &&
              state === 'paused' &&
              step(t('destination.resume'), { paused: false })) ||
            (mayChange &&
              state === 'gone' &&
              step(t('destination.switchOnAgain'), { enabled: true })) ||
            undefined
          }
        >
          {note.reason && <span className={classes.reason}>{note.reason}</span>}
          {note.text}
        </Alert>
      )}
      {state === 'off' && (
        <p className={classes.quiet}>{t('destination.off')}</p>
      )}
      {backfill && <Backfill backfill={backfill} now={now} zone={zone} />}
      {(deadLetters > 0 || unfolded) && (
        <Alert
          className={classes.alert}
          role="note"
          severity={deadLetters > 0 ? 'warning' : 'info'}
          icon={<MailOutlineIcon fontSize="inherit" />}
          action={
            <Button
              size="small"
              color="inherit"
              aria-expanded={unfolded}
              aria-label={t(
                unfolded ? 'deadLetter.hideLabel' : 'deadLetter.showLabel',
                { title },
              )}
              onClick={() => onUnfold(!unfolded)}
            >
              {t(unfolded ? 'deadLetter.hide' : 'deadLetter.show')}
            </Button>
          }
        >
          {deadLetters > 0
            ? t('deadLetter.kept', {
                letters: deadLettersLabel(t, deadLetters),
              })
            : t('deadLetter.no')}
        </Alert>
      )}
    </>
  );
}

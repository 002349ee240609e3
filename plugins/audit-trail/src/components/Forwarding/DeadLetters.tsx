import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useApi } from '@backstage/frontend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { useRef, useState } from 'react';
import { auditTrailApiRef } from '../../api';
import { useAction, useDeadLetters, useTranslation } from '../../hooks';
import { deadLettersLabel } from '../../model/destinationLabels';
import { errorReason } from '../../model/errors';
import { eventCountLabel, numberLabel } from '../../model/labels';
import type { TimeZone } from '../../model/times';
import { RetryAlert } from '../RetryAlert';
import { DeadLetterRow } from './DeadLetterRow';

/** Most events that the backend takes in one request. */
const MAX_CHOSEN = 1_000;

const useStyles = makeStyles(
  theme => ({
    root: { position: 'relative', overflow: 'hidden', outline: 'none' },
    progress: { position: 'absolute', top: 0, left: 0, right: 0, height: 3 },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      '& button': { textTransform: 'none' },
    },
    count: { marginRight: 'auto' },
    table: { tableLayout: 'fixed' },
    check: { width: 48, padding: theme.spacing(0, 0, 0, 1) },
    head: { padding: theme.spacing(0.5, 1.5), whiteSpace: 'nowrap' },
    more: { padding: theme.spacing(1), textAlign: 'center' },
    note: { padding: theme.spacing(2) },
  }),
  { name: 'AuditTrailDeadLetters' },
);

/** What was given up for a destination, with the reason, to be sent again. */
export function DeadLetters(props: {
  /** Id of the destination. */
  destination: string;
  title: string;
  /** How many there are. */
  count: number;
  now: number;
  zone: TimeZone;
  /** Whether anything goes to the destination. */
  enabled: boolean;
  /** Whether the reader may send them again. */
  maySend: boolean;
  onRedriven(): void;
  onOpenEvent(event: AuditEvent): void;
}) {
  const { destination, title, count, enabled, maySend, now, zone } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const compact = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const api = useApi(auditTrailApiRef);
  const region = useRef<HTMLDivElement>(null);
  const letters = useDeadLetters(destination, count);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const redrive = useAction(async (eventIds: string[] | undefined) => {
    const answer = await api.redriveDeliveries({ destination, eventIds });
    setChosen(new Set());
    letters.reload();
    props.onRedriven();
    return answer;
  });

  const sendAgain = (eventIds?: string[]) => {
    // The button goes with what it sends, and the focus with neither.
    region.current?.focus();
    redrive.run(eventIds);
  };

  const items = letters.items ?? [];
  // An event that is no longer kept cannot be sent any more.
  const sendable = items.filter(({ event }) => event);
  const selected = sendable.filter(({ eventId }) => chosen.has(eventId));
  const toggle = (eventId: string) => {
    const next = new Set(chosen);
    if (!next.delete(eventId)) {
      next.add(eventId);
    }
    setChosen(next);
  };
  const allSelected =
    sendable.length > 0 && selected.length === sendable.length;
  const disabled = redrive.running || letters.loading || !enabled;

  return (
    <Paper
      ref={region}
      className={classes.root}
      variant="outlined"
      role="region"
      aria-label={t('deadLetter.region', { title })}
      tabIndex={-1}
    >
      {letters.loading && (
        <LinearProgress
          className={classes.progress}
          aria-label={t('deadLetter.loading')}
        />
      )}
      {letters.error && (
        <RetryAlert
          what={t('deadLetter.loadFailed')}
          error={letters.error}
          onRetry={
            letters.more && items.length > 0 ? letters.more : letters.reload
          }
        />
      )}
      {redrive.error && (
        <Alert severity="error" onClose={redrive.reset}>
          {t('deadLetter.redriveFailed', {
            reason: errorReason(t, redrive.error),
          })}
        </Alert>
      )}
      {redrive.result && (
        <Alert severity="success" onClose={redrive.reset}>
          {t('deadLetter.redriven', {
            events: eventCountLabel(t, redrive.result.redriven),
          })}
        </Alert>
      )}
      {items.length > 0 && (
        <>
          <div className={classes.bar}>
            <Typography className={classes.count} variant="body2" role="status">
              {selected.length > 0
                ? t('deadLetter.selected', {
                    number: numberLabel(t, selected.length),
                  })
                : deadLettersLabel(t, Math.max(count, items.length))}
            </Typography>
            {maySend && selected.length > 0 && (
              <Button
                size="small"
                variant="contained"
                color="primary"
                disabled={disabled || selected.length > MAX_CHOSEN}
                onClick={() =>
                  sendAgain(selected.map(({ eventId }) => eventId))
                }
              >
                {t('deadLetter.sendAgain', {
                  number: numberLabel(t, selected.length),
                })}
              </Button>
            )}
            {maySend && (
              <Button
                size="small"
                variant="outlined"
                disabled={disabled}
                onClick={() => sendAgain()}
              >
                {t('deadLetter.sendAllAgain')}
              </Button>
            )}
          </div>
          {maySend && !enabled && (
            <Typography
              className={classes.note}
              variant="body2"
              color="textSecondary"
            >
              {t('deadLetter.off', { title })}
            </Typography>
          )}
          <Table className={classes.table} size="small">
            <TableHead>
              <TableRow>
                <TableCell className={classes.check}>
                  <Checkbox
                    size="small"
                    color="primary"
                    inputProps={{ 'aria-label': t('deadLetter.selectAll') }}
                    checked={allSelected}
                    indeterminate={selected.length > 0 && !allSelected}
                    disabled={sendable.length === 0}
                    onChange={() =>
                      setChosen(
                        new Set(
                          allSelected
                            ? []
                            : sendable.map(({ eventId }) => eventId),
                        ),
                      )
                    }
                  />
                </TableCell>
                <TableCell className={classes.head}>
                  {t('deadLetter.event')}
                </TableCell>
                {!compact && (
                  <TableCell className={classes.head}>
                    {t('deadLetter.why')}
                  </TableCell>
                )}
              </TableRow>
            </TableHead>
            <TableBody>
              {items.map(delivery => (
                <DeadLetterRow
                  key={delivery.eventId}
                  delivery={delivery}
                  now={now}
                  zone={zone}
                  compact={compact}
                  selected={chosen.has(delivery.eventId)}
                  onSelect={() => toggle(delivery.eventId)}
                  onOpen={props.onOpenEvent}
                />
              ))}
            </TableBody>
          </Table>
        </>
      )}
      {letters.more && (
        <div className={classes.more}>
          <Button
            size="small"
            disabled={letters.loading}
            onClick={letters.more}
          >
            {t('deadLetter.older')}
          </Button>
        </div>
      )}
      {letters.items?.length === 0 && !letters.more && (
        <Typography
          className={classes.note}
          variant="body2"
          color="textSecondary"
        >
          {count > 0 ? t('deadLetter.noneVisible') : t('deadLetter.none')}
        </Typography>
      )}
      {!letters.items && letters.loading && (
        <Typography
          className={classes.note}
          variant="body2"
          color="textSecondary"
        >
          {t('common.loading')}
        </Typography>
      )}
    </Paper>
  );
}

import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type {
  AuditEvent,
  Destination,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { auditTrailApiRef } from '../../api';
import { useAccess, useAction, useTranslation } from '../../hooks';
import { destinationTypeLabel } from '../../model/destinationLabels';
import { errorReason } from '../../model/errors';
import type { TimeZone } from '../../model/times';
import { FilterEditor } from '../FilterEditor';
import type { KnownNames } from '../FilterChips';
import { BackfillDialog } from './BackfillDialog';
import { DeadLetters } from './DeadLetters';
import { DestinationFacts } from './DestinationFacts';
import { DestinationMenu } from './DestinationMenu';
import { DestinationNotes } from './DestinationNotes';
import { DestinationStateLabel } from './DestinationStateLabel';
import { DestinationSwitch } from './DestinationSwitch';
import { FilterWords } from './FilterWords';
import { SwitchOffDialog } from './SwitchOffDialog';
import { TestDialog } from './TestDialog';
import { useRowStyles } from './useRowStyles';

/** One destination: how it is doing, and what an Owner may do with it. */
export function DestinationRow(props: {
  destination: Destination;
  now: number;
  zone: TimeZone;
  onZone(zone: TimeZone): void;
  names: KnownNames;
  /** Whether its dead letters are shown. */
  unfolded: boolean;
  onUnfold(unfolded: boolean): void;
  onUpdated(destination: Destination): void;
  /** What waits there may be another number now. */
  onRedriven(): void;
  onOpenEvent(event: AuditEvent): void;
}) {
  const { destination, now, zone, unfolded, onUnfold } = props;
  const { id, title, deadLetters } = destination;
  const classes = useRowStyles();
  const { t } = useTranslation();
  const api = useApi(auditTrailApiRef);
  const { value: access } = useAccess();
  const mayChange = Boolean(access?.destinationUpdate);
  const [dialog, setDialog] = useState<
    'backfill' | 'filter' | 'switch-off' | 'test'
  >();
  const close = () => setDialog(undefined);
  const update = useAction(async (changes: UpdateDestinationRequest) =>
    props.onUpdated(await api.updateDestination(id, changes)),
  );
  const saveAndClose = async (changes: UpdateDestinationRequest) => {
    if (await update.run(changes)) {
      close();
    }
  };
  const row = useRef<HTMLLIElement>(null);
  const titleId = `audit-trail-destination-${id}`;
  // What fails in a dialog is said there.
  const failed = dialog ? undefined : update.error;
  const inDialog = {
    destination,
    saving: update.running,
    error: update.error,
    onClose: () => {
      update.reset();
      close();
    },
    onSave: saveAndClose,
  };

  return (
    <li
      ref={row}
      className={classes.row}
      aria-labelledby={titleId}
      tabIndex={-1}
    >
      <div className={classes.state}>
        <DestinationStateLabel state={destination.state} />
      </div>
      <div className={classes.what}>
        <div className={classes.name}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          <span className={classes.quiet}>
            {destinationTypeLabel(t, destination.type)}
          </span>
        </div>
        <FilterWords
          destination={destination}
          names={props.names}
          zone={zone}
          now={now}
        />
      </div>
      <DestinationFacts destination={destination} now={now} zone={zone} />
      <div className={classes.actions}>
        <DestinationSwitch
          destination={destination}
          mayChange={mayChange}
          saving={update.running}
          onSwitchOn={() => update.run({ enabled: true })}
          onSwitchOff={() => setDialog('switch-off')}
        />
        {mayChange && (
          <Button
            size="small"
            variant="outlined"
            aria-label={t('destination.testLabel', { title })}
            onClick={() => setDialog('test')}
          >
            {t('destination.test')}
          </Button>
        )}
        <DestinationMenu
          destination={destination}
          mayChange={mayChange}
          saving={update.running}
          onUpdate={update.run}
          onDialog={setDialog}
          onDeadLetters={() => onUnfold(true)}
        />
      </div>
      <div className={classes.notes}>
        {failed && (
          <Alert severity="error" onClose={update.reset}>
            {t('destination.changeFailed', {
              title,
              reason: errorReason(t, failed),
            })}
          </Alert>
        )}
        <DestinationNotes
          destination={destination}
          now={now}
          zone={zone}
          mayChange={mayChange}
          saving={update.running}
          unfolded={unfolded}
          onUnfold={onUnfold}
          onUpdate={changes => {
            // The button goes with the note, and the focus with neither.
            row.current?.focus();
            update.run(changes);
          }}
        />
        {unfolded && (
          <DeadLetters
            destination={id}
            title={title}
            enabled={destination.enabled}
            maySend={Boolean(access?.deliveryRedrive)}
            count={deadLetters}
            now={now}
            zone={zone}
            onRedriven={props.onRedriven}
            onOpenEvent={props.onOpenEvent}
          />
        )}
      </div>
      {dialog === 'switch-off' && <SwitchOffDialog {...inDialog} />}
      {dialog === 'filter' && (
        <FilterEditor {...inDialog} zone={zone} now={now} />
      )}
      {dialog === 'backfill' && (
        <BackfillDialog {...inDialog} zone={zone} onZone={props.onZone} />
      )}
      {dialog === 'test' && (
        <TestDialog destination={destination} onClose={close} />
      )}
    </li>
  );
}

import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Destination,
  SavedView,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { auditTrailApiRef } from '../../api';
import {
  useAction,
  useDestinations,
  useNow,
  useTimeZone,
  useTranslation,
} from '../../hooks';
import { destinationTypeLabel } from '../../model/destinationLabels';
import { FilterEditor } from '../FilterEditor';
import { CancelButton, FormDialog } from '../FormDialog';
import { RetryAlert } from '../RetryAlert';

/** Makes a saved view the filter of a destination: which one, then the filter. */
export function SendViewDialog(props: {
  view: SavedView;
  onClose(): void;
  /** It is sent there now. */
  onSent(destination: Destination): void;
}) {
  const { view, onClose, onSent } = props;
  const { t } = useTranslation();
  const api = useApi(auditTrailApiRef);
  const now = useNow();
  const [zone] = useTimeZone();
  const { value, error, refresh } = useDestinations();
  const [chosenId, setChosenId] = useState('');
  const [edited, setEdited] = useState<Destination>();
  const update = useAction(async (changes: UpdateDestinationRequest) =>
    onSent(await api.updateDestination(edited!.id, changes)),
  );
  const chosen = value?.find(({ id }) => id === chosenId);

  if (edited) {
    return (
      <FilterEditor
        destination={edited}
        view={view}
        zone={zone}
        now={now}
        saving={update.running}
        error={update.error}
        onClose={onClose}
        onSave={async changes => {
          if (await update.run(changes)) {
            onClose();
          }
        }}
      />
    );
  }
  return (
    <FormDialog
      title={t('view.sendTitle', { name: view.name })}
      onClose={onClose}
      actions={
        <>
          <CancelButton onClick={onClose} />
          <Button
            color="primary"
            variant="contained"
            disabled={!chosen}
            onClick={() => setEdited(chosen)}
          >
            {t('view.sendNext')}
          </Button>
        </>
      }
    >
      <Typography>{t('view.sendText')}</Typography>
      {error && !value && (
        <RetryAlert
          what={t('destination.loadFailed')}
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && (
        <div role="status" aria-label={t('destination.loading')}>
          <Skeleton height={42} />
          <Skeleton height={42} />
        </div>
      )}
      {value?.length === 0 && (
        <Typography color="textSecondary">{t('view.sendNowhere')}</Typography>
      )}
      {value && value.length > 0 && (
        <RadioGroup
          aria-label={t('destination.list')}
          value={chosenId}
          onChange={event => setChosenId(event.target.value)}
        >
          {value.map(({ id, title, type }) => (
            <FormControlLabel
              key={id}
              value={id}
              control={<Radio color="primary" />}
              label={
                <>
                  {title}{' '}
                  <Typography
                    component="span"
                    variant="body2"
                    color="textSecondary"
                  >
                    {destinationTypeLabel(t, type)}
                  </Typography>
                </>
              }
            />
          ))}
        </RadioGroup>
      )}
    </FormDialog>
  );
}

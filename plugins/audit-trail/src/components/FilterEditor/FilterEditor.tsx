import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type {
  Destination,
  SavedView,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { useFacets, useLocalTrail, useTranslation } from '../../hooks';
import {
  boundsOf,
  choiceOfFilter,
  filterOfChoice,
  hasNamedValues,
} from '../../model/destinationFilter';
import { filterOfView } from '../../model/savedViews';
import { fieldError } from '../../model/fieldError';
import { resolveTimeRange, type TimeBounds } from '../../model/timeRange';
import type { TimeZone } from '../../model/times';
import { FilterBar } from '../FilterBar';
import { FilterChips } from '../FilterChips';
import { CancelButton, FormDialog } from '../FormDialog';
import { FixedTimes } from './FixedTimes';
import { HoldField, readHoldMinutes } from './HoldField';
import { MatchPreview } from './MatchPreview';
import { UseSavedView } from './UseSavedView';

const useStyles = makeStyles(
  theme => ({
    filter: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      padding: theme.spacing(0.5, 0),
    },
    harmful: { alignSelf: 'flex-start', margin: theme.spacing(-1, 0, -1, -1) },
  }),
  { name: 'AuditTrailFilterEditor' },
);

/** Chooses which events go to a destination, by the page's own filter. */
export function FilterEditor(props: {
  destination: Destination;
  zone: TimeZone;
  now: number;
  saving: boolean;
  /** Why it could not be saved. */
  error?: Error;
  /** A saved view whose filter it is to have, if that is how somebody came here. */
  view?: SavedView;
  onClose(): void;
  onSave(changes: UpdateDestinationRequest): void;
}) {
  const { destination, zone, now, saving, error, onClose, onSave } = props;
  const { title } = destination;
  const classes = useStyles();
  const { t } = useTranslation();
  // What it was when somebody began: it must not change under their hands.
  const [before] = useState(destination);
  const trail = useLocalTrail({
    ...choiceOfFilter(before.filter),
    ...(props.view && filterOfView(props.view)),
  });
  const [bounds, setBounds] = useState<TimeBounds>(() =>
    boundsOf(before.filter),
  );
  const [hold, setHold] = useState(String(before.holdFailuresMinutes));
  const [menuOpened, setMenuOpened] = useState(false);
  const [lately] = useState(() => resolveTimeRange({ preset: '90d' }));
  const filter = filterOfChoice(trail.state, bounds);
  // Of all events: what is tried out here is no filter that somebody looks by.
  const counted = useFacets({
    filter: lately,
    enabled: menuOpened || hasNamedValues(before.filter),
  });

  const holdFailuresMinutes = readHoldMinutes(hold);
  const changes: UpdateDestinationRequest = {
    ...(JSON.stringify(filter) !==
      JSON.stringify(
        filterOfChoice(choiceOfFilter(before.filter), boundsOf(before.filter)),
      ) && { filter }),
    ...(holdFailuresMinutes !== before.holdFailuresMinutes && {
      holdFailuresMinutes,
    }),
  };
  const unchanged = Object.keys(changes).length === 0;
  const failed = error && fieldError(t, error);
  const { harmful, ...rest } = trail.state.filter;

  return (
    <FormDialog
      title={t('filterEditor.title', { title })}
      maxWidth="md"
      busy={saving}
      onClose={onClose}
      actions={
        <>
          <CancelButton disabled={saving} onClick={onClose} />
          <Button
            color="primary"
            variant="contained"
            disabled={saving || unchanged || holdFailuresMinutes === undefined}
            onClick={() => onSave(changes)}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <Typography>{t('filterEditor.text')}</Typography>
      <div className={classes.filter}>
        <UseSavedView initial={props.view} onUse={trail.change} />
        <FilterBar
          trail={trail}
          facets={counted}
          search={{ filter: lately }}
          onOpenMenu={() => setMenuOpened(true)}
          zone={zone}
          withoutTimeRange
        />
        <FilterChips
          trail={trail}
          names={{ facets: counted.value }}
          purpose="sent"
        />
        <FixedTimes
          bounds={bounds}
          zone={zone}
          now={now}
          onChange={setBounds}
        />
        <FormControlLabel
          className={classes.harmful}
          control={
            <Checkbox
              color="primary"
              checked={harmful === true}
              onChange={event =>
                trail.change({
                  filter: event.target.checked
                    ? { ...rest, harmful: true }
                    : rest,
                })
              }
            />
          }
          label={t('filterEditor.harmful')}
        />
        <MatchPreview destinationId={before.id} filter={filter} />
      </div>
      <HoldField
        value={hold}
        error={
          failed?.field === 'holdFailuresMinutes' ? failed.reason : undefined
        }
        onChange={setHold}
      />
      {failed && failed.field !== 'holdFailuresMinutes' && (
        <Alert severity="error">
          {t(
            failed.field === 'filter'
              ? 'filterEditor.filterFailed'
              : 'filterEditor.failed',
            { reason: failed.reason },
          )}
        </Alert>
      )}
    </FormDialog>
  );
}

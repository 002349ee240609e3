import Button from '@material-ui/core/Button';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import {
  ACTOR_TYPES,
  searchWords,
  type AuditEventActorType,
  type AuditEventFacet,
  type AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import { useCallback, useState, type ReactNode } from 'react';
import {
  useTranslation,
  type Loaded,
  type TrailUrlState,
  type ValueSearch,
} from '../../hooks';
import { activeFilters } from '../../model/activeFilters';
import { actorIdLabel, resourceKeyLabel } from '../../model/labels';
import { DEFAULT_PRESET } from '../../model/timeRange';
import type { TimeZone } from '../../model/times';
import type { TrailFilter } from '../../model/trailState';
import { ActorIcon } from '../EventParts';
import { EventsMenu } from './EventsMenu';
import { MoreMenu } from './MoreMenu';
import { SearchField } from './SearchField';
import { TimeRangeMenu } from './TimeRangeMenu';
import { ValuesMenu } from './ValuesMenu';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    savedViews: { marginLeft: 'auto', minWidth: 0 },
    fold: { textTransform: 'none', height: 40 },
  }),
  { name: 'AuditTrailFilterBar' },
);

function actorIcon(facet: AuditEventFacet) {
  return ACTOR_TYPES.some(type => type === facet.type) ? (
    <ActorIcon type={facet.type as AuditEventActorType} />
  ) : undefined;
}

/** All that the trail can be narrowed by; folded where there is no room. */
export function FilterBar(props: {
  trail: TrailUrlState;
  facets: Loaded<AuditEventFacets>;
  /** What actors and resources are looked for among. */
  search: ValueSearch;
  /** The menu of views, where there is one. */
  savedViews?: ReactNode;
  /** Somebody is about to choose, so that counts are needed. */
  onOpenMenu(): void;
  zone: TimeZone;
  /** For a choice of what is still to come. */
  withoutTimeRange?: boolean;
}) {
  const { trail, facets, search, onOpenMenu, zone, withoutTimeRange } = props;
  const { state, change } = trail;
  const { filter } = state;
  const classes = useStyles();
  const { t } = useTranslation();
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const [unfolded, setUnfolded] = useState(false);
  const onChange = (next: TrailFilter) => change({ filter: next });

  const onSearch = useCallback(
    (text: string) => {
      const { text: before, ...rest } = filter;
      // A quote or a dash is the beginning of something, and no word yet.
      const searchable = !text || searchWords(text).length > 0;
      if (searchable && text !== (before ?? '')) {
        // Typing on is one step for the back button, not one a word.
        change(
          { filter: text ? { ...rest, text } : rest },
          { replace: Boolean(before) },
        );
      }
    },
    [filter, change],
  );

  const menu = { filter, facets, onOpen: onOpenMenu, onChange };
  const isDefaultRange = state.range.preset === DEFAULT_PRESET;
  const count = activeFilters(filter).length + (isDefaultRange ? 0 : 1);
  return (
    <div className={classes.root} role="search" aria-label={t('filter.label')}>
      <SearchField text={filter.text ?? ''} onChange={onSearch} />
      {narrow && (
        <Button
          className={classes.fold}
          variant="outlined"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {count > 0 ? `${t('filter.fold')} (${count})` : t('filter.fold')}
        </Button>
      )}
      {(!narrow || unfolded) && (
        <>
          {!withoutTimeRange && (
            <TimeRangeMenu
              range={state.range}
              zone={zone}
              onChange={range => change({ range })}
            />
          )}
          <EventsMenu {...menu} />
          <ValuesMenu
            {...menu}
            search={search}
            field="actors"
            label={t('filter.actors')}
            labelOf={actorIdLabel}
            iconOf={actorIcon}
          />
          {!trail.scoped && (
            <ValuesMenu
              {...menu}
              search={search}
              field="resources"
              label={t('filter.resources')}
              labelOf={resourceKeyLabel}
            />
          )}
          <MoreMenu {...menu} />
        </>
      )}
      {props.savedViews && (
        <div className={classes.savedViews}>{props.savedViews}</div>
      )}
    </div>
  );
}

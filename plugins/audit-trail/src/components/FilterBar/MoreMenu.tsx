import LinearProgress from '@material-ui/core/LinearProgress';
import ListSubheader from '@material-ui/core/ListSubheader';
import MenuList from '@material-ui/core/MenuList';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  ACTOR_TYPES,
  OUTCOMES,
  type AuditEventFacet,
  type AuditEventFacets,
} from 'backstage-plugin-audit-trail-common';
import { useTranslation, type Loaded } from '../../hooks';
import { toggleValue, type FilterField } from '../../model/activeFilters';
import { errorReason } from '../../model/errors';
import { actorTypeLabel, outcomeLabel, sourceLabel } from '../../model/labels';
import type { TrailFilter } from '../../model/trailState';
import { errorText } from '../EventParts';
import { ChoiceItem, FilterMenu } from '../FilterMenu';

const useStyles = makeStyles(
  theme => ({
    list: { overflowY: 'auto', outline: 'none' },
    heading: {
      lineHeight: '32px',
      backgroundColor: theme.palette.background.paper,
    },
    error: { padding: theme.spacing(1, 2, 2), color: errorText(theme) },
  }),
  { name: 'AuditTrailMoreMenu' },
);

interface Section {
  field: FilterField;
  heading: string;
  choices: { value: string; label: string; count?: number }[];
}

function choicesOf(
  facets: AuditEventFacet[] | undefined,
  chosen: readonly string[] = [],
  labelOf: (value: string) => string = value => value,
): Section['choices'] {
  const known = facets ?? [];
  const others = chosen.filter(
    value => !known.some(facet => facet.value === value),
  );
  return [
    ...known.map(({ value, label, count }) => ({
      value,
      label: label ?? labelOf(value),
      count,
    })),
    ...others.map(value => ({ value, label: labelOf(value) })),
  ];
}

function countOf(facets: AuditEventFacet[] | undefined, value: string) {
  return facets && (facets.find(facet => facet.value === value)?.count ?? 0);
}

/** The filters that are needed less often. */
export function MoreMenu(props: {
  filter: TrailFilter;
  facets: Loaded<AuditEventFacets>;
  onOpen(): void;
  onChange(filter: TrailFilter): void;
}) {
  const { filter, onOpen, onChange } = props;
  const facets = props.facets.value;
  const classes = useStyles();
  const { t } = useTranslation();
  const sections: Section[] = [
    {
      field: 'outcomes',
      heading: t('filter.outcome'),
      choices: OUTCOMES.map(value => ({
        value,
        label: outcomeLabel(t, value),
        count: countOf(facets?.outcomes, value),
      })),
    },
    {
      field: 'actorTypes',
      heading: t('filter.actorType'),
      choices: ACTOR_TYPES.map(value => ({
        value,
        label: actorTypeLabel(t, value),
      })),
    },
    {
      field: 'sources',
      heading: t('filter.source'),
      choices: choicesOf(facets?.sources, filter.sources, value =>
        sourceLabel(t, value),
      ),
    },
    {
      field: 'workspaces',
      heading: t('filter.workspace'),
      choices: choicesOf(facets?.workspaces, filter.workspaces),
    },
  ];
  const chosen = (field: FilterField): readonly string[] => filter[field] ?? [];
  const count =
    sections.reduce((sum, { field }) => sum + chosen(field).length, 0) +
    (filter.harmful === undefined ? 0 : 1);
  const toggleHarmful = () => {
    const { harmful, ...rest } = filter;
    onChange(harmful ? rest : { ...rest, harmful: true });
  };
  return (
    <FilterMenu label={t('filter.more')} count={count} onOpen={onOpen}>
      <MenuList
        className={classes.list}
        autoFocusItem
        aria-label={t('filter.moreLabel')}
      >
        <ChoiceItem
          label={t('filter.harmfulOnly')}
          checked={filter.harmful === true}
          onToggle={toggleHarmful}
        />
        {sections
          .filter(({ choices }) => choices.length > 0)
          .flatMap(({ field, heading, choices }) => [
            <ListSubheader
              key={field}
              className={classes.heading}
              role="presentation"
            >
              {heading}
            </ListSubheader>,
            ...choices.map(choice => (
              <ChoiceItem
                key={`${field}/${choice.value}`}
                label={choice.label}
                title={choice.value}
                count={choice.count}
                checked={chosen(field).includes(choice.value)}
                onToggle={() =>
                  onChange(toggleValue(filter, field, choice.value))
                }
              />
            )),
          ])}
      </MenuList>
      {props.facets.loading && !facets && (
        <LinearProgress aria-label={t('common.loading')} />
      )}
      {props.facets.error && (
        <Typography className={classes.error} variant="body2">
          {t('filter.countsFailed', {
            reason: errorReason(t, props.facets.error),
          })}
        </Typography>
      )}
    </FilterMenu>
  );
}

import Button from '@material-ui/core/Button';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { useRef } from 'react';
import {
  activeFilters,
  isChosen,
  withoutActiveFilter,
} from '../../model/activeFilters';
import { DEFAULT_CHOICE } from '../../model/trailState';
import { leavesOutViews } from '../../model/trailViews';
import { useTranslation, type TrailUrlState } from '../../hooks';
import {
  VIEWS,
  filterChipLabel,
  type FilterPurpose,
  type KnownNames,
} from './filterChipLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      outline: 'none',
    },
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      maxWidth: '100%',
      height: 26,
      paddingLeft: theme.spacing(1.25),
      borderRadius: 13,
      backgroundColor: theme.palette.action.selected,
      color: theme.palette.text.primary,
      fontSize: '0.8125rem',
    },
    label: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    remove: {
      width: 26,
      height: 26,
      flexShrink: 0,
      borderRadius: '50%',
      color: theme.palette.text.secondary,
      '&:hover, &:focus-visible': {
        color: theme.palette.text.primary,
        backgroundColor: theme.palette.action.selected,
      },
      '& svg': { fontSize: '1rem' },
    },
    clear: { textTransform: 'none' },
  }),
  { name: 'AuditTrailFilterChips' },
);

/** What the view filters by, each to be dropped with one click. */
export function FilterChips(props: {
  trail: TrailUrlState;
  names: KnownNames;
  /** What the filter is for: what is shown, unless said otherwise. */
  purpose?: FilterPurpose;
}) {
  const { trail, names, purpose = 'shown' } = props;
  const { state, change } = trail;
  const classes = useStyles();
  const { t } = useTranslation();
  const group = useRef<HTMLDivElement>(null);
  const chosen = isChosen(state);
  const actives = activeFilters(state.filter);
  if (!trail.scoped && leavesOutViews(state)) {
    actives.push({ kind: 'views' });
  }
  const hasFocus = group.current?.contains(document.activeElement);
  if (!chosen && actives.length === 0 && !hasFocus) {
    return null;
  }
  return (
    <div
      ref={group}
      className={classes.root}
      role="group"
      aria-label={t('chip.group')}
      tabIndex={-1}
    >
      {actives.map(active => {
        const label = filterChipLabel(t, active, names, purpose);
        return (
          <span
            key={JSON.stringify(active)}
            className={classes.chip}
            title={
              active.kind === 'value' ? `${active.field}: ${active.value}` : ''
            }
          >
            <span className={classes.label}>{label}</span>
            <ButtonBase
              className={classes.remove}
              aria-label={
                active.kind === 'views'
                  ? t(VIEWS[purpose].keep)
                  : t('chip.remove', { label })
              }
              onClick={() => {
                change(withoutActiveFilter(state, active));
                // Its button goes with the chip, and the focus with neither.
                group.current?.focus();
              }}
            >
              <CloseIcon />
            </ButtonBase>
          </span>
        );
      })}
      {chosen && (
        <Button
          className={classes.clear}
          size="small"
          onClick={() => {
            change(DEFAULT_CHOICE);
            group.current?.focus();
          }}
        >
          {t('common.clearFilters')}
        </Button>
      )}
    </div>
  );
}

import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import FilterListIcon from '@material-ui/icons/FilterList';
import NotInterestedIcon from '@material-ui/icons/NotInterested';
import type { MouseEvent } from 'react';
import { useTranslation } from '../../hooks';
import type { FilterField } from '../../model/activeFilters';

/** Narrows the view to a value, or to everything but it. */
export type OnNarrow = (
  field: FilterField,
  value: string,
  excluded: boolean,
) => void;

const useStyles = makeStyles(
  theme => ({
    action: {
      padding: 3,
      borderRadius: theme.shape.borderRadius,
      color: theme.palette.text.secondary,
      '&:hover, &:focus-visible': {
        color: theme.palette.text.primary,
        backgroundColor: theme.palette.action.selected,
      },
      '& svg': { fontSize: '1rem' },
    },
  }),
  { name: 'AuditTrailNarrowActions' },
);

/** "Only this" and "not this" of one value. */
export function NarrowActions(props: {
  field: FilterField;
  value: string;
  /** How the value is called. */
  label: string;
  onNarrow: OnNarrow;
  /** Whether the buttons can be reached with the keyboard. */
  focusable?: boolean;
}) {
  const classes = useStyles();
  const { t } = useTranslation();
  const tabIndex = props.focusable ? 0 : -1;
  const narrow = (excluded: boolean) => (event: MouseEvent) => {
    event.stopPropagation();
    props.onNarrow(props.field, props.value, excluded);
  };
  return (
    <>
      <ButtonBase
        className={classes.action}
        tabIndex={tabIndex}
        title={t('narrow.only')}
        aria-label={t('narrow.onlyLabel', { label: props.label })}
        onClick={narrow(false)}
      >
        <FilterListIcon />
      </ButtonBase>
      <ButtonBase
        className={classes.action}
        tabIndex={tabIndex}
        title={t('narrow.not')}
        aria-label={t('narrow.notLabel', { label: props.label })}
        onClick={narrow(true)}
      >
        <NotInterestedIcon />
      </ButtonBase>
    </>
  );
}

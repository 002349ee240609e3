import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import CheckBoxIcon from '@material-ui/icons/CheckBox';
import CheckBoxOutlineBlankIcon from '@material-ui/icons/CheckBoxOutlineBlank';
import IndeterminateCheckBoxIcon from '@material-ui/icons/IndeterminateCheckBox';
import type { ReactNode } from 'react';
import { useTranslation } from '../../hooks';
import { eventCountLabel, numberLabel } from '../../model/labels';

const useStyles = makeStyles(
  theme => ({
    root: {
      gap: theme.spacing(1),
      minHeight: 32,
      paddingTop: 2,
      paddingBottom: 2,
      fontSize: '0.875rem',
    },
    group: { fontWeight: 700 },
    none: { color: theme.palette.text.secondary },
    nested: { paddingLeft: theme.spacing(5) },
    box: { fontSize: '1.25rem', color: theme.palette.text.secondary },
    checked: { color: theme.palette.primary.main },
    label: {
      flex: 1,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    },
    count: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      fontWeight: 400,
    },
  }),
  { name: 'AuditTrailChoiceItem' },
);

/** Properties of {@link ChoiceItem}. */
export interface ChoiceItemProps {
  label: string;
  /** Shown on hover where the label is not the value itself. */
  title?: string;
  icon?: ReactNode;
  count?: number;
  /** Whether there are more than `count` says. */
  countCapped?: boolean;
  checked: boolean | 'mixed';
  /** Whether it stands for several of the items below it. */
  group?: boolean;
  nested?: boolean;
  onToggle(): void;
  /** Given by the list around to the item that the tab key leads to. */
  tabIndex?: number;
  /** Given by the list around to the item that has the focus at first. */
  autoFocus?: boolean;
}

/** One value of a filter that can be chosen. */
export function ChoiceItem(props: ChoiceItemProps) {
  const { label, title, icon, count, checked, group, nested, onToggle } = props;
  const { countCapped } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const Box =
    checked === 'mixed'
      ? IndeterminateCheckBoxIcon
      : (checked && CheckBoxIcon) || CheckBoxOutlineBlankIcon;
  const listProps = {
    ...(props.tabIndex !== undefined && { tabIndex: props.tabIndex }),
    ...(props.autoFocus && { autoFocus: true }),
  };
  return (
    <MenuItem
      {...listProps}
      dense
      role="menuitemcheckbox"
      aria-checked={checked}
      aria-label={
        count === undefined
          ? label
          : `${label}, ${eventCountLabel(t, count, countCapped)}`
      }
      className={[
        classes.root,
        group && classes.group,
        nested && classes.nested,
        count === 0 && !checked && classes.none,
      ]
        .filter(Boolean)
        .join(' ')}
      onClick={onToggle}
    >
      <Box className={`${classes.box} ${checked ? classes.checked : ''}`} />
      {icon}
      <span className={classes.label} title={title}>
        {label}
      </span>
      {count !== undefined && (
        <span className={classes.count}>
          {numberLabel(t, count)}
          {countCapped && '+'}
        </span>
      )}
    </MenuItem>
  );
}

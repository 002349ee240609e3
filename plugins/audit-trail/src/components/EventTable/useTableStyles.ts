import { makeStyles } from '@material-ui/core/styles';

/** Height of a row with one line, in pixels; skeletons have the same. */
export const ROW_HEIGHT = 40;
/** Height of a row with one line where rows stand close. */
export const DENSE_ROW_HEIGHT = 30;
/** Height of a row with two lines, in pixels. */
export const COMPACT_ROW_HEIGHT = 60;

/** Styles of the rows and their skeletons. */
export const useTableStyles = makeStyles(
  theme => ({
    table: { tableLayout: 'fixed', '&:focus': { outline: 'none' } },
    head: {
      position: 'sticky',
      top: 0,
      zIndex: 2,
      backgroundColor: theme.palette.background.paper,
      height: 36,
      padding: theme.spacing(0, 1.5),
      lineHeight: 1.5,
      whiteSpace: 'nowrap',
    },
    when: { width: 136 },
    whenWide: { width: 240 },
    actor: { width: '19%' },
    resource: { width: '20%' },
    via: { width: 216 },
    workspace: { width: 128 },
    outcome: { width: 112 },
    // Where all columns are wanted, each takes less: the event has to be read.
    crowded: {
      '& $actor': { width: '14%' },
      '& $resource': { width: '15%' },
      '& $via': { width: 152 },
      '& $workspace': { width: 116 },
      '& $outcome': { width: 104 },
    },
    row: {
      height: ROW_HEIGHT,
      cursor: 'pointer',
      // The theme's stripes would hide which row the pointer is on.
      '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
      '&:hover, &:nth-of-type(odd):hover': {
        backgroundColor: theme.palette.action.hover,
      },
      '&:focus-within, &:nth-of-type(odd):focus-within': {
        backgroundColor: theme.palette.action.hover,
      },
    },
    opened: {
      '&, &:nth-of-type(odd)': {
        backgroundColor: theme.palette.action.selected,
      },
    },
    compactRow: { height: COMPACT_ROW_HEIGHT },
    denseRow: {
      height: DENSE_ROW_HEIGHT,
      '& $roomy': { height: 22, '& > *': { minHeight: 22 } },
      '& $cell': { fontSize: '0.8125rem' },
    },
    cell: {
      position: 'relative',
      padding: theme.spacing(0, 1.5),
      lineHeight: 1.5,
      fontSize: '0.875rem',
      borderBottom: `1px solid ${theme.palette.divider}`,
      '&:hover $actions, & $actions:focus-within': { opacity: 1 },
    },
    harmful: { boxShadow: `inset 3px 0 0 ${theme.palette.error.main}` },
    line: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minWidth: 0,
      whiteSpace: 'nowrap',
    },
    // What does not fit beside the first part wraps, and so out of sight.
    roomy: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(1),
      height: 26,
      overflow: 'hidden',
      '& > *': { minHeight: 26 },
    },
    first: { maxWidth: '100%' },
    compactActor: { maxWidth: '55%', flexShrink: 0 },
    text: {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    },
    quiet: { color: theme.palette.text.secondary },
    exact: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      marginLeft: 'auto',
    },
    open: {
      minWidth: 0,
      justifyContent: 'flex-start',
      font: 'inherit',
      color: 'inherit',
      borderRadius: theme.shape.borderRadius,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    category: {
      whiteSpace: 'nowrap',
      minHeight: 'auto !important',
      padding: theme.spacing(0, 0.75),
      borderRadius: theme.shape.borderRadius,
      border: `1px solid ${theme.palette.divider}`,
      color: theme.palette.text.secondary,
      fontSize: '0.75rem',
    },
    actions: {
      position: 'absolute',
      right: 4,
      top: '50%',
      transform: 'translateY(-50%)',
      display: 'flex',
      opacity: 0,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      boxShadow: theme.shadows[1],
    },
  }),
  { name: 'AuditTrailEventTable' },
);

import { makeStyles } from '@material-ui/core/styles';

/** Height of a row without notes, in pixels; skeletons have the same. */
export const DESTINATION_ROW_HEIGHT = 88;

/**
 * Styles of the rows of destinations and their skeletons: a line each where
 * there is room, cards where there is not.
 */
export const useRowStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    row: {
      display: 'grid',
      alignItems: 'start',
      outline: 'none',
      gap: theme.spacing(1.5, 2.5),
      minHeight: DESTINATION_ROW_HEIGHT,
      padding: theme.spacing(2),
      gridTemplateColumns: '132px minmax(0, 1fr) 148px 104px 112px auto',
      gridTemplateAreas: '"state what chart success waiting actions"',
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: '148px minmax(0, 1fr) minmax(0, 1fr) auto',
        gridTemplateAreas:
          '"state what what actions" "chart success waiting waiting"',
      },
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: '148px minmax(0, 1fr)',
        gridTemplateAreas:
          '"state actions" "what what" "chart success" "chart waiting"',
      },
    },
    state: { gridArea: 'state' },
    what: { gridArea: 'what', minWidth: 0 },
    name: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      columnGap: theme.spacing(1),
      marginBottom: theme.spacing(0.75),
    },
    title: {
      margin: 0,
      fontSize: '1rem',
      fontWeight: theme.typography.fontWeightBold as 700,
      overflowWrap: 'anywhere',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    chart: { gridArea: 'chart', margin: 0 },
    success: { gridArea: 'success', margin: 0 },
    waiting: { gridArea: 'waiting', margin: 0 },
    fact: {
      display: 'flex',
      flexDirection: 'column',
      fontSize: '0.875rem',
      fontVariantNumeric: 'tabular-nums',
      lineHeight: '20px',
      '& dt': {
        color: theme.palette.text.secondary,
        fontSize: '0.75rem',
        lineHeight: '16px',
      },
      '& dd': { margin: 0 },
    },
    actions: {
      gridArea: 'actions',
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(0.5),
      '& button': { textTransform: 'none' },
    },
    notes: {
      gridColumn: '1 / -1',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      '&:empty': { display: 'none' },
    },
  }),
  { name: 'AuditTrailDestinationRow' },
);

import { makeStyles } from '@material-ui/core/styles';
import { errorText } from '../EventParts';

/** Styles of the drawer and its facts. */
export const useDrawerStyles = makeStyles(
  theme => ({
    paper: {
      width: 600,
      maxWidth: '100vw',
      display: 'flex',
      flexDirection: 'column',
      fontFamily: theme.typography.fontFamily,
      '&:focus': { outline: 'none' },
    },
    header: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 1.5, 1.5, 2.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      borderLeft: '4px solid transparent',
    },
    harmful: { borderLeftColor: theme.palette.error.main },
    harmfulText: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      color: errorText(theme),
      fontSize: '0.8125rem',
      // The icon alone says it too.
      [theme.breakpoints.down('xs')]: { '& > span': { display: 'none' } },
    },
    title: {
      flex: 1,
      minWidth: 0,
      fontSize: '1.125rem',
      margin: 0,
      overflowWrap: 'anywhere',
    },
    body: {
      flex: 1,
      overflowY: 'auto',
      padding: theme.spacing(2, 3, 4),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
    },
    sentence: { overflowWrap: 'anywhere' },
    buttons: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      '& button, & a': { textTransform: 'none' },
    },
    facts: {
      display: 'grid',
      gridTemplateColumns: '88px minmax(0, 1fr)',
      gap: theme.spacing(1.5, 2),
      margin: 0,
      fontSize: '0.875rem',
      '& dt': { color: theme.palette.text.secondary, lineHeight: '24px' },
      '& dd': { margin: 0, lineHeight: '24px', overflowWrap: 'anywhere' },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        rowGap: theme.spacing(0.5),
        '& dd': { marginBottom: theme.spacing(1) },
      },
    },
    fact: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(1),
      minHeight: 24,
    },
    quiet: { color: theme.palette.text.secondary },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.8125rem',
    },
    changes: {
      width: '100%',
      tableLayout: 'fixed',
      borderCollapse: 'collapse',
      fontSize: '0.8125rem',
      '& th': {
        textAlign: 'left',
        fontWeight: theme.typography.fontWeightRegular,
        color: theme.palette.text.secondary,
      },
      '& th, & td': {
        padding: theme.spacing(0.5, 1, 0.5, 0),
        verticalAlign: 'top',
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
    },
    details: {
      '& summary': { cursor: 'pointer', fontSize: '0.875rem' },
      '& pre': {
        margin: theme.spacing(1, 0, 0),
        padding: theme.spacing(1.5),
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        borderRadius: theme.shape.borderRadius,
        backgroundColor: theme.palette.background.default,
        border: `1px solid ${theme.palette.divider}`,
        fontSize: '0.8125rem',
        lineHeight: 1.5,
      },
    },
  }),
  { name: 'AuditTrailEventDrawer' },
);

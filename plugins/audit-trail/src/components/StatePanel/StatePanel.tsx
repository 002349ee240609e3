import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      maxWidth: 680,
      margin: theme.spacing(6, 'auto'),
      padding: theme.spacing(0, 3),
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      textAlign: 'center',
      textWrap: 'balance',
      gap: theme.spacing(1.5),
      '& > *': { maxWidth: '100%' },
      '& pre': { textAlign: 'left' },
    },
    icon: {
      color: theme.palette.text.secondary,
      '& svg': { fontSize: 48 },
    },
  }),
  { name: 'AuditTrailStatePanel' },
);

/** Says why there is nothing to see, and what one can do. */
export function StatePanel(props: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="status">
      <div className={classes.icon} aria-hidden>
        {props.icon}
      </div>
      <Typography variant="h5" component="h2">
        {props.title}
      </Typography>
      {props.children}
    </div>
  );
}

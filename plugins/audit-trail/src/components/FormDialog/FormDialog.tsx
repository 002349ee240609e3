import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { useTranslation } from '../../hooks';

const useStyles = makeStyles(
  theme => ({
    title: { overflowWrap: 'anywhere' },
    content: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      overflowWrap: 'anywhere',
      fontFamily: theme.typography.fontFamily,
    },
    actions: {
      flexWrap: 'wrap',
      rowGap: theme.spacing(1),
      padding: theme.spacing(1.5, 3, 2),
      '& button': { textTransform: 'none' },
    },
  }),
  { name: 'AuditTrailFormDialog' },
);

/** A dialog that fills the screen where the window is narrow. */
export function FormDialog(props: {
  title: string;
  children: ReactNode;
  /** The buttons; the one that leaves everything as it is comes first. */
  actions: ReactNode;
  /** Whether something is under way that has to end before it can be closed. */
  busy?: boolean;
  maxWidth?: 'sm' | 'md';
  onClose(): void;
}) {
  const { title, children, actions, busy, maxWidth = 'sm', onClose } = props;
  const classes = useStyles();
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const titleId = useId();
  return (
    <Dialog
      open
      fullWidth
      fullScreen={narrow && maxWidth !== 'sm'}
      maxWidth={maxWidth}
      aria-labelledby={titleId}
      onClose={busy ? undefined : onClose}
    >
      <DialogTitle id={titleId} className={classes.title}>
        {title}
      </DialogTitle>
      <DialogContent className={classes.content}>{children}</DialogContent>
      <DialogActions className={classes.actions}>{actions}</DialogActions>
    </Dialog>
  );
}

/** Leaves everything as it is. */
export function CancelButton(props: { disabled?: boolean; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <Button disabled={props.disabled} onClick={props.onClick}>
      {t('common.cancel')}
    </Button>
  );
}

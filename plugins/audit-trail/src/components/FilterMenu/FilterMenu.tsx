import Button from '@material-ui/core/Button';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import { useState, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    button: {
      textTransform: 'none',
      whiteSpace: 'nowrap',
      height: 40,
      flexShrink: 0,
      backgroundColor: theme.palette.background.paper,
    },
    paper: {
      width: 380,
      maxWidth: 'calc(100vw - 32px)',
      maxHeight: 'min(560px, calc(100vh - 32px))',
      display: 'flex',
      flexDirection: 'column',
    },
  }),
  { name: 'AuditTrailFilterMenu' },
);

/** A button that opens one of the filters. */
export function FilterMenu(props: {
  label: string;
  /** How many values are chosen. */
  count?: number;
  onOpen?: () => void;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const { label, count, onOpen, children } = props;
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = () => setAnchor(undefined);
  return (
    <>
      <Button
        variant="outlined"
        className={classes.button}
        color={count ? 'primary' : 'default'}
        endIcon={<ArrowDropDownIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => {
          setAnchor(event.currentTarget);
          onOpen?.();
        }}
      >
        {count ? `${label} (${count})` : label}
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': label,
        }}
      >
        {typeof children === 'function' ? children(close) : children}
      </Popover>
    </>
  );
}

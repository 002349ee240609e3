import IconButton from '@material-ui/core/IconButton';
import Popover from '@material-ui/core/Popover';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { useRef, useState } from 'react';
import { useShortcut, useTranslation } from '../../hooks';

const KEYS = [
  { keys: ['/'], what: 'keys.search' },
  { keys: ['↑', '↓'], what: 'keys.rows' },
  { keys: ['Home', 'End'], what: 'keys.ends' },
  { keys: ['Enter'], what: 'keys.open' },
  { keys: ['Esc'], what: 'keys.close' },
  { keys: ['?'], what: 'keys.help' },
] as const;

const useStyles = makeStyles(
  theme => ({
    paper: { padding: theme.spacing(2), outline: 'none' },
    list: {
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gap: theme.spacing(0.75, 2),
      margin: theme.spacing(1, 0, 0),
      fontSize: '0.875rem',
      '& dd': { margin: 0 },
    },
    key: {
      padding: theme.spacing(0, 0.75),
      marginRight: theme.spacing(0.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontFamily: 'inherit',
      fontSize: '0.8125rem',
    },
    // Whoever has no keyboard needs no help with it.
    button: { '@media (hover: none)': { display: 'none' } },
  }),
  { name: 'AuditTrailKeyboardHelp' },
);

/** Tells what the keyboard does; `?` leads here. */
export function KeyboardHelp() {
  const classes = useStyles();
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useShortcut('?', () => setOpen(true));
  return (
    <>
      <IconButton
        ref={button}
        className={classes.button}
        size="small"
        aria-label={t('keys.label')}
        aria-keyshortcuts="?"
        title={t('keys.label')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <HelpOutlineIcon />
      </IconButton>
      <Popover
        open={open}
        anchorEl={button.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': t('keys.label'),
          tabIndex: -1,
        }}
      >
        <Typography variant="subtitle2" component="h2">
          {t('keys.label')}
        </Typography>
        <dl className={classes.list}>
          {KEYS.map(({ keys, what }) => (
            <div key={what} style={{ display: 'contents' }}>
              <dt>
                {keys.map(key => (
                  <kbd key={key} className={classes.key}>
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{t(what)}</dd>
            </div>
          ))}
        </dl>
      </Popover>
    </>
  );
}

import Button from '@material-ui/core/Button';
import Popover from '@material-ui/core/Popover';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../../hooks';

const useStyles = makeStyles(
  theme => ({
    paper: { width: 420, maxWidth: '100%', padding: theme.spacing(2) },
  }),
  { name: 'AuditTrailCopyButton' },
);

/**
 * Puts a text on the clipboard and says so. Where the page may not do that, as
 * on plain http, it shows the text for the reader to copy.
 */
export function CopyButton(props: {
  /** Tells it from the others on the page. */
  name: string;
  text: string;
  icon: ReactNode;
  children: string;
}) {
  const { text, icon, children } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (button: HTMLElement) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setAnchor(button);
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={icon}
        onClick={event => copy(event.currentTarget)}
      >
        <span aria-live="polite">{copied ? t('drawer.copied') : children}</span>
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        TransitionProps={{
          onEntered: () => {
            field.current?.focus();
            field.current?.select();
          },
        }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': children,
        }}
      >
        <TextField
          id={`audit-trail-${props.name}`}
          inputRef={field}
          fullWidth
          multiline
          maxRows={12}
          size="small"
          variant="outlined"
          label={t('drawer.copyYourself')}
          helperText={t('drawer.copyHint')}
          inputProps={{ readOnly: true }}
          value={text}
        />
      </Popover>
    </>
  );
}

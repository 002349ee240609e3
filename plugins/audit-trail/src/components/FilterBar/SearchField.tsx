import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import OutlinedInput from '@material-ui/core/OutlinedInput';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useRef, useState } from 'react';
import { useSearchShortcut, useTranslation } from '../../hooks';

/** How long typing has to pause before it is searched for, in milliseconds. */
const PAUSE = 300;
/** Longest text that the backend takes. */
const MAX_LENGTH = 512;

const useStyles = makeStyles(
  theme => ({
    root: {
      height: 40,
      flex: '1 1 220px',
      minWidth: 0,
      backgroundColor: theme.palette.background.paper,
    },
  }),
  { name: 'AuditTrailSearchField' },
);

/** Searches the trail for words; `/` leads here. */
export function SearchField(props: {
  text: string;
  onChange(text: string): void;
}) {
  const { text, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  useSearchShortcut(input);

  // What the URL says wins, be it from a link or from the back button.
  // A space that has just been typed stays, though the URL has none.
  useEffect(() => setTyped(old => (old.trim() === text ? old : text)), [text]);

  useEffect(() => {
    if (typed.trim() === text) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);

  return (
    <OutlinedInput
      className={classes.root}
      inputRef={input}
      value={typed}
      placeholder={t('filter.search')}
      inputProps={{
        'aria-label': t('filter.searchLabel'),
        'aria-keyshortcuts': '/',
        maxLength: MAX_LENGTH,
        title: t('filter.searchHint'),
      }}
      startAdornment={
        <InputAdornment position="start">
          <SearchIcon fontSize="small" />
        </InputAdornment>
      }
      endAdornment={
        typed ? (
          <InputAdornment position="end">
            <IconButton
              size="small"
              edge="end"
              aria-label={t('filter.searchClear')}
              onClick={() => {
                setTyped('');
                onChange('');
                input.current?.focus();
              }}
            >
              <CloseIcon fontSize="small" />
            </IconButton>
          </InputAdornment>
        ) : undefined
      }
      onChange={event => setTyped(event.target.value)}
      // Who goes on to a button after typing means what is typed.
      onBlur={() => typed.trim() !== text && onChange(typed.trim())}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          onChange(typed.trim());
        }
      }}
    />
  );
}

import LinearProgress from '@material-ui/core/LinearProgress';
import MenuList from '@material-ui/core/MenuList';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';
import { errorText } from '../EventParts';

const useStyles = makeStyles(
  theme => ({
    search: { padding: theme.spacing(1.5, 2, 1) },
    progress: { height: 2 },
    list: { overflowY: 'auto', paddingTop: 0, outline: 'none' },
    note: { padding: theme.spacing(1, 2, 2) },
    error: { color: errorText(theme) },
  }),
  { name: 'AuditTrailChoiceList' },
);

/** Whether a label has all the words that were typed. */
export function matchesWords(text: string, typed: string): boolean {
  const known = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => known.includes(word));
}

/** The values of a filter, with a field to find one among them. */
export function ChoiceList(props: {
  /** What the values are, in the plural. */
  noun: string;
  loading?: boolean;
  error?: Error;
  /** Remark on the counts. */
  note?: string;
  /** What is typed is looked for elsewhere as well. */
  onType?(typed: string): void;
  /** The items that match what was typed. */
  children: (matches: (text: string) => boolean) => ReactElement[];
}) {
  const { noun, loading, error, note, onType, children } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  // Whoever opens the menu can type at once.
  useEffect(() => field.current?.focus(), []);
  // What was typed is over when the menu is.
  const onTypeRef = useRef(onType);
  onTypeRef.current = onType;
  useEffect(() => () => onTypeRef.current?.(''), []);
  const items = children(text => matchesWords(text, typed));
  return (
    <>
      <div className={classes.search}>
        <TextField
          inputRef={field}
          fullWidth
          size="small"
          variant="outlined"
          placeholder={t('filter.find', { noun })}
          inputProps={{ 'aria-label': t('filter.find', { noun }) }}
          value={typed}
          onChange={event => {
            setTyped(event.target.value);
            onType?.(event.target.value);
          }}
          onKeyDown={event => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              list.current?.querySelector<HTMLElement>('[role]')?.focus();
            }
          }}
        />
      </div>
      <div className={classes.progress}>
        {loading && (
          <LinearProgress
            className={classes.progress}
            aria-label={t('common.loading')}
          />
        )}
      </div>
      {items.length > 0 && (
        <MenuList ref={list} className={classes.list} aria-label={noun}>
          {items}
        </MenuList>
      )}
      {items.length === 0 && !loading && !error && (
        <Typography className={classes.note} color="textSecondary">
          {t('filter.noneFound', { noun })}
        </Typography>
      )}
      {error && (
        <Typography
          className={`${classes.note} ${classes.error}`}
          variant="body2"
        >
          {t('filter.countsFailed', { reason: errorReason(t, error) })}
        </Typography>
      )}
      {note && (
        <Typography
          className={classes.note}
          color="textSecondary"
          variant="body2"
        >
          {note}
        </Typography>
      )}
    </>
  );
}

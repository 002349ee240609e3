import { makeStyles } from '@material-ui/core/styles';
import type { Destination } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { activeDestinationFilters } from '../../model/destinationFilter';
import { durationLabel } from '../../model/durations';
import { numberLabel } from '../../model/labels';
import { shortTime, type TimeZone } from '../../model/times';
import type { Translate } from '../../translation';
import { filterChipLabel, type KnownNames } from '../FilterChips';

type FilteredBy = Pick<Destination, 'filter' | 'holdFailuresMinutes'>;

/** Most words that a row has room for. */
const MAX_WORDS = 6;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    word: {
      maxWidth: '100%',
      padding: theme.spacing(0, 1),
      borderRadius: 11,
      lineHeight: '22px',
      fontSize: '0.75rem',
      backgroundColor: theme.palette.action.selected,
      color: theme.palette.text.primary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'AuditTrailFilterWords' },
);

/** A destination's filter, one thing that it asks for after the other. */
export function filterWords(
  t: Translate,
  { filter, holdFailuresMinutes }: FilteredBy,
  names: KnownNames,
  zone: TimeZone,
  now: number,
): string[] {
  const held =
    holdFailuresMinutes > 0
      ? [
          t('sent.held', {
            duration: durationLabel(t, 60 * holdFailuresMinutes),
          }),
        ]
      : [];
  const until = filter.to
    ? [t('sent.until', { time: shortTime(t, filter.to, zone, now) })]
    : [];
  const actives = activeDestinationFilters(filter);
  if (actives.every(({ kind }) => kind === 'views') && !filter.from) {
    const everything =
      actives.length > 0 ? 'sent.everythingButViews' : 'sent.everything';
    return [t(everything), ...until, ...held];
  }
  return [
    ...actives.map(active => filterChipLabel(t, active, names, 'sent')),
    ...(filter.from
      ? [t('sent.since', { time: shortTime(t, filter.from, zone, now) })]
      : []),
    ...until,
    ...held,
  ];
}

/** What goes to a destination, in words. */
export function FilterWords(props: {
  destination: FilteredBy;
  names: KnownNames;
  zone: TimeZone;
  now: number;
}) {
  const classes = useStyles();
  const { destination, names, zone, now } = props;
  const { t } = useTranslation();
  const words = filterWords(t, destination, names, zone, now);
  const shown = words.slice(0, MAX_WORDS);
  const rest = words.slice(MAX_WORDS);
  return (
    <ul className={classes.root} aria-label={t('sent.label')}>
      {shown.map(word => (
        <li key={word} className={classes.word} title={word}>
          {word}
        </li>
      ))}
      {rest.length > 0 && (
        <li className={classes.word} title={rest.join('\n')}>
          {t('sent.more', { number: numberLabel(t, rest.length) })}
        </li>
      )}
    </ul>
  );
}

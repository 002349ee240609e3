import { makeStyles } from '@material-ui/core/styles';
import type { Destination } from 'backstage-plugin-audit-trail-common';
import { activeDestinationFilters } from '../../model/destinationFilter';
import { durationLabel } from '../../model/durations';
import { shortTime, type TimeZone } from '../../model/times';
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
  { filter, holdFailuresMinutes }: FilteredBy,
  names: KnownNames,
  zone: TimeZone,
  now: number,
): string[] {
  const held =
    holdFailuresMinutes > 0
      ? [`failed runs held for ${durationLabel(60 * holdFailuresMinutes)}`]
      : [];
  const actives = activeDestinationFilters(filter);
  if (actives.every(({ kind }) => kind === 'views') && !filter.from) {
    const everything =
      actives.length > 0 ? 'everything but views of the trail' : 'everything';
    const until = filter.to ? [`until ${shortTime(filter.to, zone, now)}`] : [];
    return [everything, ...until, ...held];
  }
  return [
    ...actives.map(active => filterChipLabel(active, names, 'sent')),
    ...(filter.from ? [`since ${shortTime(filter.from, zone, now)}`] : []),
    ...(filter.to ? [`until ${shortTime(filter.to, zone, now)}`] : []),
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
  const words = filterWords(destination, names, zone, now);
  const shown = words.slice(0, MAX_WORDS);
  const rest = words.slice(MAX_WORDS);
  return (
    <ul className={classes.root} aria-label="What is sent">
      {shown.map(word => (
        <li key={word} className={classes.word} title={word}>
          {word}
        </li>
      ))}
      {rest.length > 0 && (
        <li className={classes.word} title={rest.join('\n')}>
          and {rest.length} more
        </li>
      )}
    </ul>
  );
}

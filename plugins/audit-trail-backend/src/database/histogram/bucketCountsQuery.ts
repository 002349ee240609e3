import type { Knex } from 'knex';
import { bucketNumber } from './bucketNumber';
import type { AuditEventCriteria } from '../criteria';
import { EVENTS_OF_HOUR, kindsQuery } from './eventCounts';

const QUARTERS = [0, 1, 2, 3];
/** Events of a quarter of an hour, with the quarters joined. */
const EVENTS_OF_QUARTER = `case quarter ${QUARTERS.map(
  quarter => `when ${quarter} then quarter_${quarter}`,
).join(' ')} end`;

/** The counts with a row for each quarter of an hour. */
const inQuarters = (knex: Knex) =>
  knex('audit_event_counts').joinRaw(
    `cross join (${QUARTERS.map(quarter => `select ${quarter} as quarter`).join(
      ' union all ',
    )}) as quarters`,
  );

/** What a chart tells apart. */
const GROUP = ['category', 'harmful'];

/**
 * Counts by bucket, category and whether they are harmful. Adds up numbers first
 * and only then looks at what they are of, and of as few rows as there are:
 *
 * - Of hours that are summed, what all events of a category and harm add up to,
 *   if criteria choose all kinds of these.
 * - Of other kinds and hours, the counts by kind.
 * - Of hours in which a bucket ends, these by quarters.
 *
 * @param options - `starts`: first quarters of the buckets, counted from 1970
 * on; `from` and `before`: the first quarter to count, and the first not to be
 */
export function bucketCountsQuery(
  knex: Knex,
  options: {
    criteria: AuditEventCriteria;
    starts: number[];
    from: number;
    before: number;
  },
): Knex.QueryBuilder {
  const { criteria, starts, from, before } = options;
  const splitHours = [
    ...new Set(
      [...starts, from, before]
        .filter(quarter => quarter % 4 !== 0)
        .map(quarter => Math.floor(quarter / 4)),
    ),
  ];
  const bucketOf = (column: string, buckets: number[]) =>
    bucketNumber(knex, column, buckets).wrap('', ' as bucket');
  // An hour in which a bucket ends is not looked at there.
  const hourStarts = starts.map(start => Math.ceil(start / 4));
  const inWholeHours = (query: Knex.QueryBuilder) =>
    query
      .select(bucketOf('hour', hourStarts))
      .where('hour', '>=', Math.floor(from / 4))
      .where('hour', '<', Math.ceil(before / 4))
      .whereNotIn('hour', splitHours);
  const unsummed = knex.select('hour').from('unsummed');
  const wholeGroups = knex.select(GROUP).from('whole_groups');
  const chosenKinds = () => knex.select('id').from('chosen');
  const byKind = (kinds: Knex.QueryBuilder) =>
    inWholeHours(knex('audit_event_counts'))
      .select('kind_id', knex.raw(`sum(${EVENTS_OF_HOUR}) as events`))
      .whereIn('kind_id', kinds)
      .groupByRaw('1, 2');

  const ofGroups = inWholeHours(knex('audit_event_hours'))
    .select(...GROUP, knex.raw('sum(events) as events'))
    .whereIn(GROUP, wholeGroups)
    .whereNotIn('hour', unsummed)
    .groupByRaw('1, 2, 3');
  const ofKinds = [
    byKind(chosenKinds().whereNotIn(GROUP, wholeGroups)).whereNotIn(
      'hour',
      unsummed,
    ),
    byKind(chosenKinds()).whereIn('hour', unsummed),
  ];
  if (splitHours.length > 0) {
    ofKinds.push(
      inQuarters(knex)
        .select(
          bucketOf('hour * 4 + quarter', starts),
          'kind_id',
          knex.raw(`sum(${EVENTS_OF_QUARTER}) as events`),
        )
        .whereIn('kind_id', chosenKinds())
        .whereIn('hour', splitHours)
        .whereRaw('hour * 4 + quarter >= ?', [from])
        .whereRaw('hour * 4 + quarter < ?', [before])
        .groupByRaw('1, 2'),
    );
  }
  const sizes = (kinds: string) =>
    knex.select(GROUP).count().from(kinds).groupBy(GROUP);
  return knex
    .with('chosen', kindsQuery(knex, criteria).select('id', ...GROUP))
    .with(
      'whole_groups',
      knex
        .queryBuilder()
        .intersect([sizes('chosen'), sizes('audit_event_kinds')]),
    )
    .with(
      'unsummed',
      knex('audit_event_counts').distinct('hour').whereRaw('not summed'),
    )
    .select('bucket', ...GROUP)
    .sum({ count: 'events' })
    .from(
      knex
        .unionAll([
          ofGroups,
          knex
            .select('bucket', ...GROUP, 'events')
            .from(knex.unionAll(ofKinds).as('of_kinds'))
            .join('chosen', 'chosen.id', 'of_kinds.kind_id'),
        ])
        .as('counted'),
    )
    .groupBy('bucket', ...GROUP);
}

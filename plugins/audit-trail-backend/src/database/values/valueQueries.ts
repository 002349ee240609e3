import type { AuditEventSearchField } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from '../applyCriteria';
import { both, type AuditEventCriteria } from '../criteria';
import { MAX_VALUES } from './valueMatches';

/** Newest events that values are taken from, where not all may be. */
export const MAX_VALUE_EVENTS = 20_000;
/** Counting the events of one of them stops here. */
export const MAX_VALUE_COUNT = 1_000;
/** Of the newest events of a resource, one tells its name. */
const NAMING_EVENTS = 20;

/**
 * A query for all values of a field. It jumps from one value to the next in the
 * field's index, however many events each has.
 */
export function everyValueQuery(
  knex: Knex,
  field: AuditEventSearchField,
): Knex.QueryBuilder {
  const [table, column] =
    field === 'actors'
      ? ['audit_events', 'actor_id']
      : ['audit_event_resources', 'resource_key'];
  const values = knex.raw(
    `select min(${column}) as value, 1 as place from ${table}
     union all
     select (select min(${column}) from ${table} where ${column} > found.value), place + 1
     from found where value is not null and place <= ?`,
    [MAX_VALUES],
  );
  const query = knex
    .withRecursive('found', values)
    .whereNotNull('newest.value');
  if (field === 'resources') {
    return query
      .select(
        'newest.value',
        knex.raw('null as email'),
        knex.raw('null as type'),
        knex.raw(
          `(select resource_name from (
              select event_id from audit_event_resources
              where audit_event_resources.resource_key = newest.value
              order by event_id desc limit ${NAMING_EVENTS}
            ) as latest join audit_events on audit_events.id = latest.event_id
            where audit_events.resource_key = newest.value and resource_name is not null
            order by audit_events.id desc limit 1) as name`,
        ),
      )
      .from('found as newest');
  }
  const ends = knex('found').select(
    'value',
    ...(['desc', 'asc'] as const).map(order =>
      knex.raw(
        `(select id from audit_events where actor_id = found.value
          order by id ${order} limit 1) as ${
          order === 'desc' ? 'newest_id' : 'oldest_id'
        }`,
      ),
    ),
  );
  return query
    .withMaterialized('newest', ends)
    .select(
      'newest.value',
      'latest.actor_name as name',
      'latest.actor_email as email',
      'latest.actor_type as type',
      'first.actor_name as formerName',
      'first.actor_email as formerEmail',
    )
    .from('newest')
    .join('audit_events as latest', 'latest.id', 'newest.newest_id')
    .join('audit_events as first', 'first.id', 'newest.oldest_id');
}

/**
 * A query for the values of a field in the newest events that criteria choose,
 * with the events of each. It looks at no others.
 */
export function chosenValuesQuery(
  knex: Knex,
  field: AuditEventSearchField,
  criteria: AuditEventCriteria,
): Knex.QueryBuilder {
  const matching = knex('audit_events')
    .select(
      ['id', 'actor_id', 'actor_name', 'actor_email', 'actor_type'].map(
        column => `audit_events.${column}`,
      ),
    )
    .select('audit_events.resource_key', 'audit_events.resource_name')
    .orderBy('audit_events.id', 'desc')
    .limit(MAX_VALUE_EVENTS);
  applyCriteria(matching, knex, criteria);
  const query = knex
    .withMaterialized('matching', matching)
    .count({ count: '*' })
    .from('matching')
    .limit(MAX_VALUES + 1);
  if (field === 'actors') {
    return query
      .select(
        'actor_id as value',
        knex.raw('max(actor_name) as name'),
        knex.raw('max(actor_email) as email'),
        knex.raw('max(actor_type) as type'),
        knex.raw('min(actor_name) as ??', ['formerName']),
        knex.raw('min(actor_email) as ??', ['formerEmail']),
      )
      .groupBy('actor_id')
      .orderBy('actor_id');
  }
  const key = 'audit_event_resources.resource_key';
  return query
    .select(
      `${key} as value`,
      knex.raw(
        `max(case when matching.resource_key = ${key} then resource_name end) as name`,
      ),
      knex.raw('null as email'),
      knex.raw('null as type'),
    )
    .join('audit_event_resources', 'event_id', 'matching.id')
    .groupBy(key)
    .orderBy(key);
}

/** A query for how many events some values of a field have. */
export function countValuesQuery(
  knex: Knex,
  field: AuditEventSearchField,
  values: string[],
  criteria: AuditEventCriteria,
): Knex.QueryBuilder {
  return knex.unionAll(
    values.map(value => {
      const matching = knex('audit_events')
        .select(knex.raw('1'))
        .limit(MAX_VALUE_COUNT + 1);
      const having = { filter: { [field]: [value] } };
      applyCriteria(matching, knex, both(having, criteria));
      return knex
        .select(knex.raw('cast(? as text) as value', [value]))
        .count({ count: '*' })
        .from(matching.as('matching'));
    }),
  );
}

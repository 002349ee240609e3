import {
  resolveActivity,
  type AuditEventFacet,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from '../applyCriteria';
import type { FacetField } from '../AuditEventsStore';
import type { AuditEventCriteria } from '../criteria';

/** Values a facet lists at most. */
const MAX_FACET_VALUES = 500;

/** Where a facet's value, its name for people and its kind stand. */
interface FacetColumns {
  value: string;
  label?: string;
  type?: string;
}

/** How each facet is read, but that of resources, of which events have many. */
const FACET_COLUMNS: Record<Exclude<FacetField, 'resources'>, FacetColumns> = {
  types: { value: 'type', label: 'coalesce(label, original_type)' },
  categories: { value: 'category' },
  actors: {
    value: 'actor_id',
    label: 'coalesce(actor_name, actor_email)',
    type: 'actor_type',
  },
  workspaces: { value: 'workspace' },
  sources: { value: 'source' },
  outcomes: { value: 'outcome' },
};

/** All that facets are read from. */
const FACET_SOURCE_COLUMNS = [
  'id',
  'type',
  'original_type',
  'label',
  'category',
  'actor_id',
  'actor_name',
  'actor_email',
  'actor_type',
  'resource_key',
  'resource_name',
  'workspace',
  'source',
  'outcome',
];

/** A value of a facet as the database gives it. */
export interface FacetRow {
  facet: FacetField;
  value: string;
  label: string | null;
  type: string | null;
  count: number | string;
}

function countColumn(
  knex: Knex,
  field: FacetField,
  columns: FacetColumns,
): Knex.QueryBuilder {
  const { value, label = 'null', type = 'null' } = columns;
  return knex
    .select(
      knex.raw('? as facet', [field]),
      knex.raw(`${value} as value`),
      knex.raw(`max(cast(${label} as text)) as label`),
      knex.raw(`max(cast(${type} as text)) as type`),
      knex.raw('count(*) as count'),
    )
    .from('matching')
    .groupBy(value);
}

/** Of all resources that events belong to; a name stands on the primary. */
function countResources(knex: Knex): Knex.QueryBuilder {
  const key = 'audit_event_resources.resource_key';
  return knex
    .select(
      knex.raw('? as facet', ['resources']),
      knex.raw(`${key} as value`),
      knex.raw(
        `max(case when matching.resource_key = ${key} then resource_name end) as label`,
      ),
      knex.raw('cast(null as text) as type'),
      knex.raw('count(*) as count'),
    )
    .from('matching')
    .join('audit_event_resources', 'event_id', 'matching.id')
    .groupBy(key);
}

/**
 * A query for the values of some fields among the newest `limit` events that
 * criteria choose, the most frequent first.
 */
export function facetsQuery(
  knex: Knex,
  options: {
    criteria: AuditEventCriteria;
    fields: FacetField[];
    limit: number;
  },
): Knex.QueryBuilder {
  const matching = knex('audit_events')
    .select(FACET_SOURCE_COLUMNS.map(column => `audit_events.${column}`))
    .orderBy('audit_events.id', 'desc')
    .limit(options.limit);
  applyCriteria(matching, knex, options.criteria);
  const counts = options.fields.map(field =>
    field === 'resources'
      ? countResources(knex)
      : countColumn(knex, field, FACET_COLUMNS[field]),
  );
  return knex
    .withMaterialized('matching', matching)
    .select('*')
    .from(knex.unionAll(counts).as('facets'))
    .orderBy([
      { column: 'count', order: 'desc' },
      { column: 'value', order: 'asc' },
    ]);
}

/** What {@link facetsQuery} has found, by field. */
export function readFacets(
  rows: FacetRow[],
  fields: FacetField[],
): Partial<Record<FacetField, AuditEventFacet[]>> {
  return Object.fromEntries(
    fields.map(field => [
      field,
      rows
        .filter(row => row.facet === field)
        .slice(0, MAX_FACET_VALUES)
        .map(toFacet),
    ]),
  );
}

function toFacet(row: FacetRow): AuditEventFacet {
  const activity =
    row.facet === 'types' ? resolveActivity(row.value) : undefined;
  return {
    value: row.value,
    label: (activity?.mapped ? activity.label : row.label) ?? undefined,
    type: row.type ?? undefined,
    count: Number(row.count),
  };
}

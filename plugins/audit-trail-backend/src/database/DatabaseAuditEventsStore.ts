import { ServiceUnavailableError } from '@backstage/errors';
import {
  resolveActivity,
  type AuditEvent,
  type AuditEventFacet,
} from 'backstage-plugin-audit-trail-common';
import { knex as knexModule, type Knex } from 'knex';
import { applyCriteria } from './applyCriteria';
import { isAuditEventId } from './auditEventId';
import {
  AUDIT_EVENT_COLUMNS,
  fromRow,
  toRow,
  type AuditEventRow,
} from './auditEventRow';
import type {
  AuditEventsRange,
  AuditEventsStore,
  FacetField,
} from './AuditEventsStore';
import type { AuditEventCriteria } from './criteria';
import { dialectOf } from './dialect';

/** Rows a statement: SQLite takes no more than 500. */
const ROWS_PER_INSERT = 500;
/** No query may hold a reader or the database longer than this. */
const QUERY_TIMEOUT_MS = 15_000;
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
  types: { value: 'type', label: 'original_type' },
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

interface FacetRow {
  facet: FacetField;
  value: string;
  label: string | null;
  type: string | null;
  count: number | string;
}

/** Keeps audit events in PostgreSQL or SQLite. */
export class DatabaseAuditEventsStore implements AuditEventsStore {
  readonly #knex: Knex;

  /** Works on a database that has the schema up to date. */
  static create(options: { knex: Knex }): DatabaseAuditEventsStore {
    return new DatabaseAuditEventsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async append(events: AuditEvent[]): Promise<Set<string>> {
    // In the order of ids, so that writers of the same events wait for each
    // other instead of running into a deadlock.
    const unique = [
      ...new Map(events.map(event => [event.id, event])).values(),
    ];
    unique.sort((a, b) => (a.id < b.id ? -1 : 1));
    const inserted = new Set<string>();
    await this.#knex.transaction(async tx => {
      for (let at = 0; at < unique.length; at += ROWS_PER_INSERT) {
        const chunk = unique.slice(at, at + ROWS_PER_INSERT);
        const ids: { id: string }[] = await tx<AuditEventRow>('audit_events')
          .insert(chunk.map(toRow))
          .onConflict('id')
          .ignore()
          .returning('id');
        const fresh = new Set(ids.map(({ id }) => id));
        const keys = chunk
          .filter(event => fresh.has(event.id))
          .flatMap(event =>
            event.resources.map(resource_key => ({
              resource_key,
              event_id: event.id,
            })),
          );
        await tx.batchInsert('audit_event_resources', keys, ROWS_PER_INSERT);
        ids.forEach(({ id }) => inserted.add(id));
      }
    });
    return inserted;
  }

  async list(range: AuditEventsRange): Promise<AuditEvent[]> {
    const query = this.#select(range.criteria)
      .orderBy('audit_events.id', range.order)
      .limit(range.limit);
    if (range.after) {
      const operator = range.order === 'desc' ? '<' : '>';
      query.where('audit_events.id', operator, range.after);
    }
    return this.#read(query);
  }

  async get(
    id: string,
    criteria: AuditEventCriteria,
  ): Promise<AuditEvent | undefined> {
    if (!isAuditEventId(id)) {
      return undefined;
    }
    const query = this.#select(criteria).where('audit_events.id', id);
    const [event] = await this.#read(query);
    return event;
  }

  async count(criteria: AuditEventCriteria, limit: number): Promise<number> {
    const matching = this.#knex('audit_events').select(this.#knex.raw('1'));
    applyCriteria(matching, this.#knex, criteria);
    const rows = await this.#run<{ count: number | string }[]>(
      this.#knex
        .count({ count: '*' })
        .from(matching.limit(limit).as('matching')),
    );
    return Number(rows[0].count);
  }

  async facets(options: {
    criteria: AuditEventCriteria;
    fields: FacetField[];
    limit: number;
  }): Promise<Partial<Record<FacetField, AuditEventFacet[]>>> {
    const knex = this.#knex;
    const matching = knex('audit_events')
      .select(FACET_SOURCE_COLUMNS.map(column => `audit_events.${column}`))
      .orderBy('audit_events.id', 'desc')
      .limit(options.limit);
    applyCriteria(matching, knex, options.criteria);
    const counts = options.fields.map(field =>
      field === 'resources'
        ? this.#countResources()
        : this.#countColumn(field, FACET_COLUMNS[field]),
    );
    const rows = await this.#run<FacetRow[]>(
      knex
        .withMaterialized('matching', matching)
        .select('*')
        .from(knex.unionAll(counts).as('facets'))
        .orderBy([
          { column: 'count', order: 'desc' },
          { column: 'value', order: 'asc' },
        ]),
    );
    const facets: Partial<Record<FacetField, AuditEventFacet[]>> = {};
    for (const field of options.fields) {
      facets[field] = rows
        .filter(row => row.facet === field)
        .slice(0, MAX_FACET_VALUES)
        .map(row => toFacet(row));
    }
    return facets;
  }

  #select(criteria: AuditEventCriteria): Knex.QueryBuilder {
    const query = this.#knex('audit_events').select(
      AUDIT_EVENT_COLUMNS.map(column => `audit_events.${column}`),
    );
    applyCriteria(query, this.#knex, criteria);
    return query;
  }

  async #read(query: Knex.QueryBuilder): Promise<AuditEvent[]> {
    const rows = await this.#run<AuditEventRow[]>(query);
    const entityRefs = await this.#entityRefs(
      rows.map(row => row.resource_key),
    );
    return rows.map(row => fromRow(row, entityRefs.get(row.resource_key)));
  }

  #countColumn(field: FacetField, columns: FacetColumns): Knex.QueryBuilder {
    const { value, label = 'null', type = 'null' } = columns;
    return this.#knex
      .select(
        this.#knex.raw('? as facet', [field]),
        this.#knex.raw(`${value} as value`),
        this.#knex.raw(`max(cast(${label} as text)) as label`),
        this.#knex.raw(`max(cast(${type} as text)) as type`),
        this.#knex.raw('count(*) as count'),
      )
      .from('matching')
      .groupBy(value);
  }

  /** Of all resources that events belong to; a name stands on the primary. */
  #countResources(): Knex.QueryBuilder {
    const key = 'audit_event_resources.resource_key';
    return this.#knex
      .select(
        this.#knex.raw('? as facet', ['resources']),
        this.#knex.raw(`${key} as value`),
        this.#knex.raw(
          `max(case when matching.resource_key = ${key} then resource_name end) as label`,
        ),
        this.#knex.raw('cast(null as text) as type'),
        this.#knex.raw('count(*) as count'),
      )
      .from('matching')
      .join('audit_event_resources', 'event_id', 'matching.id')
      .groupBy(key);
  }

  /** Entities that stand for resources, by resource key. */
  async #entityRefs(keys: string[]): Promise<Map<string, string>> {
    const rows = await this.#run<
      { resource_key: string; entity_ref: string }[]
    >(
      this.#knex('audit_resource_owners')
        .select('resource_key')
        .min('entity_ref as entity_ref')
        .whereIn('resource_key', [...new Set(keys)])
        .groupBy('resource_key'),
    );
    return new Map(rows.map(row => [row.resource_key, row.entity_ref]));
  }

  async #run<T>(query: Knex.QueryBuilder): Promise<T> {
    try {
      return (await query.timeout(QUERY_TIMEOUT_MS, {
        cancel: dialectOf(this.#knex) === 'postgres',
      })) as T;
    } catch (error) {
      if (error instanceof knexModule.KnexTimeoutError) {
        throw new ServiceUnavailableError(
          /acquiring a connection/.test(error.message)
            ? 'The database is too busy; try again later'
            : `The query took longer than ${
                QUERY_TIMEOUT_MS / 1000
              } seconds and was stopped; narrow the time range or add a filter`,
        );
      }
      throw error;
    }
  }
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

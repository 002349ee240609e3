import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AuditEvent,
  AuditEventFacet,
  AuditEventSearchField,
  FoundFacetValues,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyBounds, applyCriteria } from './applyCriteria';
import { isAuditEventId } from './auditEventId';
import {
  AUDIT_EVENT_COLUMNS,
  fromRow,
  toRow,
  type AuditEventRow,
} from './auditEventRow';
import type {
  AppendListener,
  AuditEventsRange,
  AuditEventsStore,
  FacetField,
} from './AuditEventsStore';
import type { AuditEventCriteria } from './criteria';
import { facetsQuery, readFacets, type FacetRow } from './facets';
import {
  bestMatches,
  chosenValuesQuery,
  countValuesQuery,
  everyValueQuery,
  MAX_VALUE_COUNT,
  MAX_VALUE_EVENTS,
  namesEntity,
  toFoundFacet,
  type KnownValue,
} from './findValues';
import { withGroupsAbove } from './ownership';
import { writeUnited, type EventUnion } from '../union/EventUnion';
import { planText } from './planText';
import { runQuery } from './runQuery';
import { whereOneOf } from './whereOneOf';
import { ownershipInTime, type OwnershipInTime } from './ownershipInTime';

/** Rows a statement: SQLite takes no more than 500. */
const ROWS_PER_INSERT = 500;

const byId = (a: AuditEvent, b: AuditEvent) => (a.id < b.id ? -1 : 1);

/**
 * Inserts events that are not there yet, with the keys of their resources.
 *
 * @returns ids of those that were not
 */
async function insert(
  tx: Knex.Transaction,
  events: AuditEvent[],
): Promise<string[]> {
  const rows: { id: string }[] = await tx<AuditEventRow>('audit_events')
    .insert(events.map(toRow))
    .onConflict('id')
    .ignore()
    .returning('id');
  const fresh = new Set(rows.map(({ id }) => id));
  const keys = events
    .filter(event => fresh.has(event.id))
    .flatMap(event =>
      event.resources.map(resource_key => ({
        resource_key,
        event_id: event.id,
      })),
    );
  await tx.batchInsert('audit_event_resources', keys, ROWS_PER_INSERT);
  return [...fresh];
}

/** Keeps audit events in PostgreSQL or SQLite. */
export class DatabaseAuditEventsStore implements AuditEventsStore {
  readonly #knex: Knex;
  readonly #listener?: AppendListener;
  readonly #union?: EventUnion;

  /** Works on a database that has the schema up to date. */
  static create(options: {
    knex: Knex;
    listener?: AppendListener;
    union?: EventUnion;
  }): DatabaseAuditEventsStore {
    return new DatabaseAuditEventsStore(options);
  }

  private constructor(
    options: Parameters<typeof DatabaseAuditEventsStore.create>[0],
  ) {
    this.#knex = options.knex;
    this.#listener = options.listener;
    this.#union = options.union;
  }

  async append(events: AuditEvent[]): Promise<Set<string>> {
    // In the order of ids, so that writers of the same events wait for each
    // other instead of running into a deadlock.
    const unique = [
      ...new Map(events.map(event => [event.id, event])).values(),
    ];
    unique.sort(byId);
    const inserted = new Set<string>();
    await this.#knex.transaction(async tx => {
      const sorted = await this.#union?.sort(tx, unique);
      const fresh = sorted?.fresh.sort(byId) ?? unique;
      for (let at = 0; at < fresh.length; at += ROWS_PER_INSERT) {
        const ids = await insert(tx, fresh.slice(at, at + ROWS_PER_INSERT));
        ids.forEach(id => inserted.add(id));
      }
      await this.#listener?.appending(
        tx,
        fresh.filter(({ id }) => inserted.has(id)),
      );
      if (sorted) {
        await writeUnited(tx, sorted);
        await this.#listener?.uniting?.(tx, sorted.united);
      }
    });
    this.#listener?.appended();
    return inserted;
  }

  async standingFor(ids: string[]): Promise<Map<string, string>> {
    const rows: { id: string; event_id: string }[] =
      ids.length > 0
        ? await this.#knex('audit_event_aliases').whereIn('id', ids)
        : [];
    return new Map(rows.map(row => [row.id, row.event_id]));
  }

  async list(range: AuditEventsRange): Promise<AuditEvent[]> {
    const query = this.#select(await this.#plan(range.criteria))
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
    const standsUnder = (await this.standingFor([id])).get(id) ?? id;
    const query = this.#select(criteria).where('audit_events.id', standsUnder);
    const [event] = await this.#read(query);
    return event;
  }

  async getAll(
    ids: string[],
    criteria: AuditEventCriteria,
  ): Promise<AuditEvent[]> {
    return this.#read(
      whereOneOf(this.#knex, this.#select(criteria), {
        column: 'audit_events.id',
        type: 'uuid',
        values: ids,
      }),
    );
  }

  async count(criteria: AuditEventCriteria, limit: number): Promise<number> {
    const owned = ownershipInTime(criteria);
    return (
      (owned && (await this.#countOwned(owned, limit))) ??
      this.#countMatching(criteria, limit)
    );
  }

  async countWithin(
    criteria: AuditEventCriteria,
    { limit, milliseconds }: { limit: number; milliseconds: number },
  ): Promise<number | undefined> {
    try {
      return await this.#countMatching(criteria, limit, milliseconds);
    } catch (error) {
      if (error instanceof ServiceUnavailableError) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Counts from the tables of owners and resources alone, which are joined no
   * further than to the end of what is to be counted. An event may belong to
   * several resources, and these to several owners, so it reads twice as many
   * rows as events are to be counted; `undefined` if even these were too few to
   * tell.
   */
  async #countOwned(
    { ownedBy, bounds }: OwnershipInTime,
    limit: number,
  ): Promise<number | undefined> {
    const maxRows = 2 * limit;
    const found = this.#knex('audit_resource_owners')
      .join(
        'audit_event_resources',
        'audit_event_resources.resource_key',
        'audit_resource_owners.resource_key',
      )
      .select('event_id')
      .whereIn('owner_ref', withGroupsAbove(this.#knex, ownedBy))
      .limit(maxRows);
    bounds.forEach(bound => applyBounds(found, 'event_id', bound));
    const [row] = await this.#run<{ rows: string; events: string }[]>(
      this.#knex
        .sum({ rows: 'rows' })
        .count({ events: '*' })
        .from(
          this.#knex
            .count({ rows: '*' })
            .from(found.as('found'))
            .groupBy('event_id')
            .as('events'),
        ),
    );
    const events = Math.min(Number(row.events), limit);
    return events === limit || Number(row.rows) < maxRows ? events : undefined;
  }

  async #countMatching(
    criteria: AuditEventCriteria,
    limit: number,
    milliseconds?: number,
  ): Promise<number> {
    const matching = this.#knex('audit_events').select(this.#knex.raw('1'));
    applyCriteria(matching, this.#knex, await this.#plan(criteria));
    const rows = await this.#run<{ count: number | string }[]>(
      this.#knex
        .count({ count: '*' })
        .from(matching.limit(limit).as('matching')),
      milliseconds,
    );
    return Number(rows[0].count);
  }

  async facets(options: {
    criteria: AuditEventCriteria;
    fields: FacetField[];
    limit: number;
  }): Promise<Partial<Record<FacetField, AuditEventFacet[]>>> {
    const rows = await this.#run<FacetRow[]>(
      facetsQuery(this.#knex, {
        ...options,
        criteria: await this.#plan(options.criteria),
      }),
    );
    return readFacets(rows, options.fields);
  }

  async findValues(options: {
    field: AuditEventSearchField;
    criteria: AuditEventCriteria;
    find: string;
    ofAll: boolean;
  }): Promise<FoundFacetValues> {
    const { field, find } = options;
    const criteria = await this.#plan(options.criteria);
    if (!options.ofAll || namesEntity(criteria)) {
      const [known, events] = await Promise.all([
        this.#run<KnownValue[]>(chosenValuesQuery(this.#knex, field, criteria)),
        this.#countMatching(options.criteria, MAX_VALUE_EVENTS + 1),
      ]);
      const capped = events > MAX_VALUE_EVENTS;
      const { found, complete } = bestMatches(known, find);
      return {
        items: found.map(one => toFoundFacet(one, Number(one.count), capped)),
        complete: complete && !capped,
      };
    }
    const { found, complete } = bestMatches(
      await this.#run<KnownValue[]>(everyValueQuery(this.#knex, field)),
      find,
    );
    const counts = await this.#countValues(
      field,
      found.map(({ value }) => value),
      criteria,
    );
    const items = found.flatMap(one => {
      const count = counts.get(one.value) ?? 0;
      const shown = Math.min(count, MAX_VALUE_COUNT);
      return count > 0 ? [toFoundFacet(one, shown, count > shown)] : [];
    });
    return { items, complete };
  }

  async #countValues(
    field: AuditEventSearchField,
    values: string[],
    criteria: AuditEventCriteria,
  ): Promise<Map<string, number>> {
    if (values.length === 0) {
      return new Map();
    }
    const rows = await this.#run<{ value: string; count: number | string }[]>(
      countValuesQuery(this.#knex, field, values, criteria),
    );
    return new Map(rows.map(({ value, count }) => [value, Number(count)]));
  }

  /** Criteria that choose the same events, sooner. */
  async #plan(criteria: AuditEventCriteria): Promise<AuditEventCriteria> {
    return planText(this.#knex, criteria, query => this.#run(query));
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

  /** Entities that stand for resources, by resource key. */
  async #entityRefs(keys: string[]): Promise<Map<string, string>> {
    const rows = await this.#run<
      { resource_key: string; entity_ref: string }[]
    >(
      whereOneOf(
        this.#knex,
        this.#knex('audit_resource_owners')
          .select('resource_key')
          .min('entity_ref as entity_ref')
          .groupBy('resource_key'),
        { column: 'resource_key', type: 'text', values: [...new Set(keys)] },
      ),
    );
    return new Map(rows.map(row => [row.resource_key, row.entity_ref]));
  }

  async #run<T>(query: Knex.QueryBuilder, milliseconds?: number): Promise<T> {
    return runQuery<T>(this.#knex, query, milliseconds);
  }
}

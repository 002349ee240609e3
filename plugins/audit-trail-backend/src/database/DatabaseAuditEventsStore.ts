import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AuditEvent,
  AuditEventFacet,
  FoundFacetValues,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from './applyCriteria';
import { isAuditEventId } from './auditEventId';
import {
  fromRow,
  toRow,
  type AuditEventRow,
  type ReadEventRow,
} from './auditEventRow';
import type {
  AppendListener,
  AuditEventsRange,
  AuditEventsStore,
  FacetField,
} from './AuditEventsStore';
import type { AuditEventCriteria } from './criteria';
import { facetsQuery, readFacets, type FacetRow } from './values/facets';
import { countEvents, countMatching } from './countEvents';
import { findValues } from './values/findValues';
import type { EventUnion } from '../union/EventUnion';
import { writeUnited } from '../union/writeUnited';
import { planText } from './planText';
import { runQuery } from './runQuery';
import { selectEvents } from './selectEvents';
import { whereOneOf } from './whereOneOf';

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
    const startedAt = performance.now();
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
    this.#listener?.appended(performance.now() - startedAt);
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
    const query = this.#select(await planText(this.#knex, range.criteria))
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
    return countEvents(this.#knex, criteria, limit);
  }

  async countWithin(
    criteria: AuditEventCriteria,
    bounds: { limit: number; milliseconds: number },
  ): Promise<number | undefined> {
    try {
      return await countMatching(this.#knex, criteria, bounds);
    } catch (error) {
      if (error instanceof ServiceUnavailableError) {
        return undefined;
      }
      throw error;
    }
  }

  async facets(options: {
    criteria: AuditEventCriteria;
    fields: FacetField[];
    limit: number;
  }): Promise<Partial<Record<FacetField, AuditEventFacet[]>>> {
    const rows = await this.#run<FacetRow[]>(
      facetsQuery(this.#knex, {
        ...options,
        criteria: await planText(this.#knex, options.criteria),
      }),
    );
    return readFacets(rows, options.fields);
  }

  async findValues(
    options: Parameters<AuditEventsStore['findValues']>[0],
  ): Promise<FoundFacetValues> {
    return findValues(this.#knex, options);
  }

  #select(criteria: AuditEventCriteria): Knex.QueryBuilder {
    const query = selectEvents(this.#knex);
    applyCriteria(query, this.#knex, criteria);
    return query;
  }

  async #read(query: Knex.QueryBuilder): Promise<AuditEvent[]> {
    return (await this.#run<ReadEventRow[]>(query)).map(fromRow);
  }

  async #run<T>(query: Knex.QueryBuilder): Promise<T> {
    return runQuery<T>(this.#knex, query);
  }
}

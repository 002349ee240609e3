import { createHash } from 'node:crypto';
import {
  parseResourceKey,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import {
  auditEventIdTime,
  highestAuditEventId,
  lowestAuditEventId,
} from '../database/auditEventId';
import {
  AUDIT_EVENT_COLUMNS,
  fromRow,
  toRow,
  type AuditEventRow,
} from '../database/auditEventRow';
import { dialectOf } from '../database/dialect';
import {
  NEIGHBOURHOOD_MS,
  pairSightings,
  type Seen,
  type Sighting,
} from './pairSightings';
import { uniteEvents } from './uniteEvents';

/** Ids a query, and spans of time a query. */
const IDS = 400;
const SPANS = 40;

/** What two intakes told, as it was and as it is. */
export interface United {
  before: AuditEvent;
  after: AuditEvent;
}

/** What becomes of events that are to be appended. */
export interface Sorted {
  /** Those that are stored as events of their own. */
  fresh: AuditEvent[];
  united: United[];
  aliases: {
    id: string;
    event_id: string;
    intake: string;
    recorded_at: Date;
  }[];
}

/** An event that others may be united with. */
interface Candidate extends Seen {
  event: AuditEvent;
  /** As it is stored; undefined if it is about to be. */
  before?: AuditEvent;
}

interface Told extends Sighting {
  event: AuditEvent;
}

const SEPARATOR = '\0';

/** What two sightings of one event have in common, but for the time. */
function equalKey({ source, workspace, type, actor, resource }: AuditEvent) {
  const id = parseResourceKey(resource.key)?.id ?? resource.key;
  return [source, workspace, type, actor.id, id].join(SEPARATOR);
}

const told = (event: AuditEvent): Told => ({
  event,
  intake: event.intakes[0],
  time: auditEventIdTime(event.id),
});

function inChunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/**
 * Finds out which events are stored already because another intake of the same
 * source has told of them, in the transaction that appends them.
 *
 * @remarks
 *
 * Two replicas must not each store what they do not see of the other yet. So a
 * transaction has the workspaces of its events to itself, from its first look
 * to its commit: by a lock of PostgreSQL's, and on SQLite there is one writer.
 */
export class EventUnion {
  readonly #sources: Set<string>;

  static create(options: {
    /** Sources that have several intakes. */
    sources: string[];
  }): EventUnion {
    return new EventUnion(options.sources);
  }

  private constructor(sources: string[]) {
    this.#sources = new Set(sources);
  }

  /** Sorts events, each with an id of its own. */
  async sort(tx: Knex.Transaction, events: AuditEvent[]): Promise<Sorted> {
    const concerned = events.filter(({ source }) => this.#sources.has(source));
    if (concerned.length === 0) {
      return { fresh: events, united: [], aliases: [] };
    }
    await this.#lock(tx, concerned);
    const sorted: Sorted = {
      fresh: events.filter(({ source }) => !this.#sources.has(source)),
      united: [],
      aliases: [],
    };
    const left = await this.#withoutKnown(tx, concerned, sorted);
    const candidates = await this.#candidates(tx, left);
    for (const [key, group] of groupBy(left, equalKey)) {
      pair(group.map(told), candidates.get(key) ?? [], sorted);
    }
    return sorted;
  }

  async #lock(tx: Knex.Transaction, events: AuditEvent[]): Promise<void> {
    if (dialectOf(tx) !== 'postgres') {
      return;
    }
    const names = new Set(
      events.map(
        ({ source, workspace }) => `${source}${SEPARATOR}${workspace}`,
      ),
    );
    const keys = [...names].map(name =>
      createHash('sha256').update(name).digest().readBigInt64BE(),
    );
    // In one order, so that nobody waits for somebody who waits for them.
    for (const key of keys.sort((a, b) => (a < b ? -1 : 1))) {
      await tx.raw('select pg_advisory_xact_lock(?::bigint)', [String(key)]);
    }
  }

  /** Events that are not stored under their own id or an alias. */
  async #withoutKnown(
    tx: Knex.Transaction,
    events: AuditEvent[],
    sorted: Sorted,
  ): Promise<AuditEvent[]> {
    const known = new Set<string>();
    for (const group of inChunks(events, IDS)) {
      const byId = new Map(group.map(event => [event.id, event]));
      const ids = [...byId.keys()];
      const aliases: string[] = await tx('audit_event_aliases')
        .whereIn('id', ids)
        .pluck('id');
      const rows = await read(tx, query => query.whereIn('id', ids));
      for (const before of rows) {
        const after = uniteEvents(before, byId.get(before.id)!);
        // Both intakes give it one id and one time.
        if (after.intakes.length > before.intakes.length) {
          sorted.united.push({ before, after });
        }
      }
      [...aliases, ...rows.map(({ id }) => id)].forEach(id => known.add(id));
    }
    return events.filter(({ id }) => !known.has(id));
  }

  /** Stored events that some may be united with, by what they have in common. */
  async #candidates(
    tx: Knex.Transaction,
    events: AuditEvent[],
  ): Promise<Map<string, Candidate[]>> {
    const stored: AuditEvent[] = [];
    for (const spans of inChunks(spansOf(events), SPANS)) {
      stored.push(
        ...(await read(tx, query => {
          spans.forEach(({ like, from, to }) =>
            query
              .orWhere({
                workspace: like.workspace,
                type: like.type,
                actor_id: like.actor.id,
                source: like.source,
              })
              .whereBetween('id', [
                lowestAuditEventId(from),
                highestAuditEventId(to),
              ]),
          );
        })),
      );
    }
    const times = new Map<string, Map<string, number>>();
    for (const ids of inChunks(
      stored.map(({ id }) => id),
      IDS,
    )) {
      const rows: { id: string; event_id: string; intake: string }[] = await tx(
        'audit_event_aliases',
      ).whereIn('event_id', ids);
      for (const { id, event_id, intake } of rows) {
        const ofEvent = times.get(event_id) ?? new Map();
        times.set(event_id, ofEvent.set(intake, auditEventIdTime(id)));
      }
    }
    return groupBy(
      stored.map(event => ({
        event,
        before: event,
        times: new Map(
          event.intakes.map(intake => [
            intake,
            times.get(event.id)?.get(intake) ?? auditEventIdTime(event.id),
          ]),
        ),
      })),
      ({ event }) => equalKey(event),
    );
  }
}

async function read(
  tx: Knex.Transaction,
  choose: (query: Knex.QueryBuilder) => void,
): Promise<AuditEvent[]> {
  const rows: AuditEventRow[] = await tx('audit_events')
    .select(AUDIT_EVENT_COLUMNS)
    .where(query => {
      choose(query);
    });
  return rows.map(row => fromRow(row));
}

/** The time around events that have something in common, as few as can be. */
function spansOf(events: AuditEvent[]) {
  const spans: { like: AuditEvent; from: number; to: number }[] = [];
  const groups = groupBy(events, ({ source, workspace, type, actor }) =>
    [source, workspace, type, actor.id].join(SEPARATOR),
  );
  for (const group of groups.values()) {
    let last: (typeof spans)[number] | undefined;
    for (const event of [...group].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const time = auditEventIdTime(event.id);
      if (last && time - NEIGHBOURHOOD_MS <= last.to) {
        last.to = time + NEIGHBOURHOOD_MS;
      } else {
        last = {
          like: event,
          from: time - NEIGHBOURHOOD_MS,
          to: time + NEIGHBOURHOOD_MS,
        };
        spans.push(last);
      }
    }
  }
  return spans;
}

/** Pairs what has all but its time in common, and adds to what is sorted. */
function pair(all: Told[], candidates: Candidate[], sorted: Sorted): void {
  const added: Candidate[] = [];
  for (const sightings of groupBy(all, ({ intake }) => intake).values()) {
    pairSightings<Candidate, Told>({
      sightings,
      events: candidates,
      unite: ({ event, intake }, candidate) => {
        candidate.event = uniteEvents(candidate.event, event);
        sorted.aliases.push({
          id: event.id,
          event_id: candidate.event.id,
          intake,
          recorded_at: new Date(event.recordedAt),
        });
      },
      add: ({ event, intake, time }) => {
        const candidate = { event, times: new Map([[intake, time]]) };
        added.push(candidate);
        return candidate;
      },
    });
  }
  sorted.fresh.push(...added.map(({ event }) => event));
  sorted.united.push(
    ...candidates.flatMap(({ before, event: after }) =>
      before && before !== after ? [{ before, after }] : [],
    ),
  );
}

/** Writes what was united; the events that aliases stand for are stored. */
export async function writeUnited(
  tx: Knex.Transaction,
  { united, aliases }: Pick<Sorted, 'united' | 'aliases'>,
): Promise<void> {
  for (const { before, after } of united) {
    const { id, ...columns } = toRow(after);
    const { intakes, actor_name, actor_email, actor_entity_ref } = columns;
    const { resource_name, resources, changes, severity } = columns;
    const { correlation_id, details, search_text } = columns;
    await tx('audit_events')
      .where({ id })
      .update({
        ...{
          intakes,
          actor_name,
          actor_email,
          actor_entity_ref,
          resource_name,
        },
        ...{
          resources,
          changes,
          severity,
          correlation_id,
          details,
          search_text,
        },
      });
    const keys = after.resources.filter(key => !before.resources.includes(key));
    if (keys.length > 0) {
      await tx('audit_event_resources')
        .insert(keys.map(resource_key => ({ resource_key, event_id: id })))
        .onConflict(['resource_key', 'event_id'])
        .ignore();
    }
  }
  for (const chunk of inChunks(aliases, 100)) {
    await tx('audit_event_aliases').insert(chunk).onConflict('id').ignore();
  }
}

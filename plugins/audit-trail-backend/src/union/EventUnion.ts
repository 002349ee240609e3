import { createHash } from 'node:crypto';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { auditEventIdTime } from '../database/auditEventId';
import { dialectOf } from '../database/dialect';
import { equalKey, SEPARATOR } from './equalKey';
import { findCandidates, type Candidate } from './findCandidates';
import { groupBy, inChunks } from './groups';
import { pairSightings, type Sighting } from './pairSightings';
import { readEvents } from './readEvents';
import type { Sorted } from './Sorted';
import { uniteEvents } from './uniteEvents';

/** Ids a query. */
const IDS = 400;

interface Told extends Sighting {
  event: AuditEvent;
}

const told = (event: AuditEvent): Told => ({
  event,
  intake: event.intakes[0],
  time: auditEventIdTime(event.id),
});

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
    const candidates = await findCandidates(tx, left);
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
      const rows = await readEvents(tx, query => query.whereIn('id', ids));
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

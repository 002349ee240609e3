import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import {
  auditEventIdTime,
  highestAuditEventId,
  lowestAuditEventId,
} from '../database/auditEventId';
import { equalKey, SEPARATOR } from './equalKey';
import { groupBy, inChunks } from './groups';
import { NEIGHBOURHOOD_MS, type Seen } from './pairSightings';
import { readEvents } from './readEvents';

/** Ids a query, and spans of time a query. */
const IDS = 400;
const SPANS = 40;

/** An event that others may be united with. */
export interface Candidate extends Seen {
  event: AuditEvent;
  /** As it is stored; undefined if it is about to be. */
  before?: AuditEvent;
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

/** Stored events that some may be united with, by what they have in common. */
export async function findCandidates(
  tx: Knex.Transaction,
  events: AuditEvent[],
): Promise<Map<string, Candidate[]>> {
  const stored: AuditEvent[] = [];
  for (const spans of inChunks(spansOf(events), SPANS)) {
    const near = await readEvents(tx, query => {
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
    });
    // There may be more than can be passed as arguments.
    near.forEach(event => stored.push(event));
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

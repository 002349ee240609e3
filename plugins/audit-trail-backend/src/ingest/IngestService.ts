import type { AuditEventsStore } from '../database/AuditEventsStore';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { AppendQueue } from './AppendQueue';
import { cutOversized } from './cutOversized';
import { normaliseEvent, type EventOrigin } from './normaliseEvent';
import { validateEvents } from './validateEvents';

/** Events to take in. */
export interface IngestRequest {
  events: unknown[];
  origin: EventOrigin;
  /**
   * What becomes of an event that is too large: refused with its batch, or
   * cut, for a source that cannot send it again.
   */
  oversized: 'refuse' | 'cut';
  /** Where an event stands in the request, such as `events[3]`. */
  placeOf(index: number): string;
}

/** What became of events. */
export interface IngestResult {
  /** Events stored now. */
  accepted: number;
  /** Events that were stored before, or stand twice in the request. */
  duplicates: number;
  /** Ids of all events, in the order of the request. */
  ids: string[];
}

/**
 * The one way into the trail: every intake hands its events to it. It
 * validates, normalises and appends.
 */
export class IngestService {
  readonly #queue: AppendQueue;

  static create(options: { store: AuditEventsStore }): IngestService {
    return new IngestService(options.store);
  }

  private constructor(store: AuditEventsStore) {
    this.#queue = new AppendQueue(events => store.append(events));
  }

  /**
   * Takes a batch in, all or nothing. Answers after the commit.
   *
   * @throws `InputError` that names every fault; then nothing is stored
   */
  async ingest(request: IngestRequest): Promise<IngestResult> {
    const given =
      request.oversized === 'cut'
        ? (request.events as AuditEventInput[]).map(cutOversized)
        : request.events;
    const valid = validateEvents(given, request.placeOf);
    const recordedAt = new Date();
    const events = valid.map(input =>
      normaliseEvent(input, request.origin, recordedAt),
    );
    const inserted =
      events.length > 0 ? await this.#queue.append(events) : new Set<string>();
    return {
      accepted: inserted.size,
      duplicates: events.length - inserted.size,
      ids: events.map(({ id }) => id),
    };
  }
}

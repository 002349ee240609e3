import type { ActivityRegistry } from '../activities/ActivityRegistry';
import type { AuditEventsStore } from '../database/AuditEventsStore';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import type { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import type { ActorDirectory } from './ActorDirectory';
import { AppendQueue } from './AppendQueue';
import { cutOversized } from './cutOversized';
import { normaliseEvent, type EventOrigin } from './normaliseEvent';
import {
  faultsError,
  validateEvents,
  type PlacedEvent,
} from './validateEvents';

/** Events to take in. */
export interface IngestRequest {
  events: PlacedEvent[];
  /** What the intake could not make events of, each with its place. */
  faults?: string[];
  origin: EventOrigin;
  /**
   * Whether the sender can mend and send it again. If so, a request with a
   * fault is refused whole. If not, what is too large is cut, and faulty
   * events do not keep the others out.
   */
  resendable: boolean;
}

/** What became of events. */
export interface IngestResult {
  /** Events stored now. */
  accepted: number;
  /** Events that were stored before, or stand twice in the request. */
  duplicates: number;
  /** Ids of all events that are valid, in the order of the request. */
  ids: string[];
  /** What is wrong with events that are not stored, each with its place. */
  faults: string[];
}

/**
 * The one way into the trail: every intake hands its events to it. It
 * validates, redacts, normalises and appends.
 */
export class IngestService {
  readonly #activities: ActivityRegistry;
  readonly #queue: AppendQueue;
  readonly #redactor: EventRedactor;
  readonly #actors?: ActorDirectory;
  readonly #store: AuditEventsStore;

  static create(options: {
    activities: ActivityRegistry;
    redactor: EventRedactor;
    store: AuditEventsStore;
    actors?: ActorDirectory;
  }): IngestService {
    return new IngestService(options);
  }

  private constructor(options: Parameters<typeof IngestService.create>[0]) {
    const { activities, redactor, store, actors } = options;
    this.#activities = activities;
    this.#redactor = redactor;
    this.#actors = actors;
    this.#store = store;
    this.#queue = new AppendQueue(events => store.append(events));
  }

  /**
   * Takes events in, in one transaction. Answers after the commit.
   *
   * @throws `InputError` that names every fault; then nothing is stored
   */
  async ingest(request: IngestRequest): Promise<IngestResult> {
    const { origin, resendable } = request;
    const given = resendable
      ? request.events
      : request.events.map(({ place, event }) => ({
          place,
          event: cutOversized(
            this.#redactor.redactTexts(event as AuditEventInput),
          ),
        }));
    const { valid, faults: invalid } = validateEvents(given);
    const faults = [...(request.faults ?? []), ...invalid];
    if (faults.length > 0 && (resendable || valid.length === 0)) {
      throw faultsError(faults);
    }
    const recordedAt = new Date();
    // Before an id is made, which may be a hash of all that an event has: it
    // must not serve to find a secret by trying.
    const inputs = valid.map(input => this.#redactor.redact(input));
    const activityOf = await this.#activities.resolve(
      inputs.map(({ type }) => type),
      origin,
    );
    const told = inputs.map(input =>
      normaliseEvent(input, origin, recordedAt, activityOf(input.type)),
    );
    const events = (await this.#actors?.complete(told)) ?? told;
    const inserted =
      events.length > 0 ? await this.#queue.append(events) : new Set<string>();
    const ids = events.map(({ id }) => id);
    // What another intake told of before stands under the id of that.
    const standing = await this.#store.standingFor(
      ids.filter(id => !inserted.has(id)),
    );
    return {
      accepted: inserted.size,
      duplicates: events.length - inserted.size,
      ids: ids.map(id => standing.get(id) ?? id),
      faults,
    };
  }
}

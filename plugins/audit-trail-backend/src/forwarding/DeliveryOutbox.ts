import {
  auditEventMatches,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import type { AppendListener } from '../database/AuditEventsStore';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type {
  DatabaseDestinationsStore,
  StoredDestination,
} from '../database/forwarding/DatabaseDestinationsStore';
import type { DatabaseIntakeStatesStore } from '../database/DatabaseIntakeStatesStore';
import type { United } from '../union/Sorted';
import type { DeliverySignals } from './DeliverySignals';
import { OVERLOOKED_MS } from './DueReader';
import { isRunFailure } from './runFailures';

/** What is committed later than this is easily overlooked. */
const LATE_MS = OVERLOOKED_MS / 2;

/** When a delivery is tried at the earliest. */
export function dueAt(
  event: AuditEvent,
  destination: Pick<StoredDestination, 'holdFailuresMinutes'>,
  now: Date,
): Date {
  return isRunFailure(event)
    ? new Date(now.getTime() + destination.holdFailuresMinutes * 60_000)
    : now;
}

/** Which intakes read what was before them, and since when they are there. */
interface PulledOptions {
  intakes: string[];
  states: DatabaseIntakeStatesStore;
}

/**
 * Queues events for destinations in the transaction that appends them, so that
 * either both stand or none: an event that is kept is never forgotten, however
 * late its transaction commits.
 */
export class DeliveryOutbox implements AppendListener {
  readonly #destinationIds: string[];
  readonly #destinations: DatabaseDestinationsStore;
  readonly #queue: DatabaseDeliveryQueue;
  readonly #pulled?: PulledOptions;
  readonly #signals: DeliverySignals;

  static create(options: {
    /** Those in app-config. */
    destinationIds: string[];
    destinations: DatabaseDestinationsStore;
    queue: DatabaseDeliveryQueue;
    /** Intakes that read what was before them. */
    pulled?: PulledOptions;
    signals: DeliverySignals;
  }): DeliveryOutbox {
    return new DeliveryOutbox(options);
  }

  private constructor(options: Parameters<typeof DeliveryOutbox.create>[0]) {
    this.#destinationIds = options.destinationIds;
    this.#destinations = options.destinations;
    this.#queue = options.queue;
    this.#pulled = options.pulled;
    this.#signals = options.signals;
  }

  async appending(tx: Knex.Transaction, events: AuditEvent[]): Promise<void> {
    const isHistory = await this.#history(tx, events);
    await this.#enqueue(
      tx,
      events.filter(event => !isHistory(event)),
      (event, { filter }) => auditEventMatches(event, filter),
    );
  }

  /** It is news where it was not before, or a filter did not choose it before. */
  async uniting(tx: Knex.Transaction, united: United[]): Promise<void> {
    const isHistory = await this.#history(
      tx,
      united.map(({ before }) => before),
    );
    const before = new Map(united.map(one => [one.after.id, one.before]));
    await this.#enqueue(
      tx,
      united.map(({ after }) => after).filter(event => !isHistory(event)),
      (event, { filter }) => {
        const known = before.get(event.id)!;
        return (
          auditEventMatches(event, filter) &&
          (isHistory(known) || !auditEventMatches(known, filter))
        );
      },
    );
  }

  /**
   * Tells which events intakes have read from the time before they were there,
   * and nobody else has told of. They are no news to anyone; a backfill of a
   * destination brings them.
   */
  async #history(
    tx: Knex.Transaction,
    events: AuditEvent[],
  ): Promise<(event: AuditEvent) => boolean> {
    const { intakes = [], states } = this.#pulled ?? {};
    const isRead = (event: AuditEvent) =>
      event.intakes.every(intake => intakes.includes(intake));
    if (!states || this.#destinationIds.length === 0 || !events.some(isRead)) {
      return () => false;
    }
    const starts = await states.startsByWorkspace(tx, intakes);
    return event => {
      const start = starts.get(`${event.intakes[0]} ${event.workspace}`);
      return (
        isRead(event) &&
        start !== undefined &&
        event.occurredAt < start.toISOString()
      );
    };
  }

  async #enqueue(
    tx: Knex.Transaction,
    events: AuditEvent[],
    isWanted: (event: AuditEvent, destination: StoredDestination) => boolean,
  ): Promise<void> {
    if (this.#destinationIds.length === 0 || events.length === 0) {
      return;
    }
    const active = await this.#destinations.listActive(
      tx,
      this.#destinationIds,
    );
    const now = new Date();
    await this.#queue.add(
      tx,
      active.flatMap(destination =>
        events
          .filter(event => isWanted(event, destination))
          .map(event => ({
            destinationId: destination.id,
            eventId: event.id,
            dueAt: dueAt(event, destination, now),
          })),
      ),
    );
  }

  appended(tookMs: number): void {
    this.#signals.queued({ late: tookMs > LATE_MS });
  }
}

import {
  auditEventMatches,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import type { AppendListener } from '../database/AuditEventsStore';
import type { DatabaseDeliveriesStore } from '../database/DatabaseDeliveriesStore';
import type {
  DatabaseDestinationsStore,
  StoredDestination,
} from '../database/DatabaseDestinationsStore';
import type { DeliverySignals } from './DeliverySignals';
import { isRunFailure } from './runFailures';

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

/**
 * Queues events for destinations in the transaction that appends them, so that
 * either both stand or none: an event that is kept is never forgotten, however
 * late its transaction commits.
 */
export class DeliveryOutbox implements AppendListener {
  readonly #destinationIds: string[];
  readonly #destinations: DatabaseDestinationsStore;
  readonly #deliveries: DatabaseDeliveriesStore;
  readonly #signals: DeliverySignals;

  static create(options: {
    /** Those in app-config. */
    destinationIds: string[];
    destinations: DatabaseDestinationsStore;
    deliveries: DatabaseDeliveriesStore;
    signals: DeliverySignals;
  }): DeliveryOutbox {
    return new DeliveryOutbox(options);
  }

  private constructor(options: Parameters<typeof DeliveryOutbox.create>[0]) {
    this.#destinationIds = options.destinationIds;
    this.#destinations = options.destinations;
    this.#deliveries = options.deliveries;
    this.#signals = options.signals;
  }

  async appending(tx: Knex.Transaction, events: AuditEvent[]): Promise<void> {
    if (this.#destinationIds.length === 0 || events.length === 0) {
      return;
    }
    const active = await this.#destinations.listActive(
      tx,
      this.#destinationIds,
    );
    const now = new Date();
    await this.#deliveries.queue(
      tx,
      active.flatMap(destination =>
        events
          .filter(event => auditEventMatches(event, destination.filter))
          .map(event => ({
            destinationId: destination.id,
            eventId: event.id,
            dueAt: dueAt(event, destination, now),
          })),
      ),
    );
  }

  appended(): void {
    this.#signals.queued();
  }
}

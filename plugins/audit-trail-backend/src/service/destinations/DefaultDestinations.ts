import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError, toError } from '@backstage/errors';
import {
  type Delivery,
  type Destination,
  type DestinationPreview,
  type DestinationTestResult,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import type { AuditEventsStore } from '../../database/AuditEventsStore';
import { auditEventIdTime } from '../../database/auditEventId';
import { both, EVERYTHING } from '../../database/criteria';
import type { DatabaseDeliveriesStore } from '../../database/forwarding/DatabaseDeliveriesStore';
import type { DatabaseDeliveryQueue } from '../../database/forwarding/DatabaseDeliveryQueue';
import type {
  DatabaseDestinationsStore,
  StoredDestination,
} from '../../database/forwarding/DatabaseDestinationsStore';
import type {
  DatabaseDestinationStatusStore,
  DestinationStatus,
} from '../../database/forwarding/DatabaseDestinationStatusStore';
import type { DeliverySignals } from '../../forwarding/DeliverySignals';
import { dropQueue } from '../../forwarding/dropQueue';
import { destinationState } from '../../forwarding/destinationState';
import { failureReason } from '../../forwarding/failureReason';
import type { ConfiguredDestination } from '../../forwarding/readDestinations';
import { normaliseEvent } from '../../ingest/normaliseEvent';
import { destinationResource, TRAIL_ORIGIN } from '../../ingest/trailOrigin';
import type {
  DeliveriesQuery,
  DestinationChanges,
  Destinations,
} from './Destinations';

/** Counting stops here. */
const MAX_COUNT = 10_000;
/** A test that takes longer is broken off. */
const TEST_MS = 30_000;

interface DefaultDestinationsOptions {
  configured: ConfiguredDestination[];
  deliveries: DatabaseDeliveriesStore;
  destinations: DatabaseDestinationsStore;
  events: AuditEventsStore;
  logger: LoggerService;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  signals: DeliverySignals;
  status: DatabaseDestinationStatusStore;
}

/** Sees after destinations. Knows nothing of permissions. */
export class DefaultDestinations implements Destinations {
  readonly #options: DefaultDestinationsOptions;

  static create(options: DefaultDestinationsOptions): DefaultDestinations {
    return new DefaultDestinations(options);
  }

  private constructor(options: DefaultDestinationsOptions) {
    this.#options = options;
  }

  async list(): Promise<Destination[]> {
    const { configured, destinations, status } = this.#options;
    const ids = configured.map(({ id }) => id);
    const weekAgo = DateTime.utc().minus({ days: 8 }).toJSDate();
    const [stored, statuses, hours] = await Promise.all([
      destinations.list(ids),
      status.list(ids),
      status.hoursSince(ids, weekAgo),
    ]);
    const items = await Promise.all(
      configured.map(async destination => {
        const { id } = destination;
        const settings = stored.find(one => one.id === id);
        const ofStatus = statuses.find(one => one.destinationId === id);
        return (
          settings &&
          ofStatus &&
          this.#describe(
            destination,
            settings,
            ofStatus,
            hours.filter(({ destinationId }) => destinationId === id),
          )
        );
      }),
    );
    return items
      .filter(item => item !== undefined)
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  async update(request: {
    id: string;
    changes: DestinationChanges;
  }): Promise<Destination> {
    const { id } = this.#configured(request.id);
    await this.#options.destinations.update(id, request.changes);
    if (request.changes.enabled === false) {
      // What is left of it, the engine drops.
      await dropQueue(this.#options.queue, id).catch(error =>
        this.#options.logger.warn(
          `Could not drop all that waits for ${id}`,
          toError(error),
        ),
      );
    }
    this.#options.signals.queued();
    return (await this.list()).find(one => one.id === id)!;
  }

  async preview(
    request: Parameters<Destinations['preview']>[0],
  ): Promise<DestinationPreview> {
    this.#configured(request.id);
    const { filter, since, visible = EVERYTHING } = request;
    const happened = both(
      { filter },
      { filter: { from: since.toISOString() } },
    );
    const count = await this.#options.events.count(
      both(visible, happened),
      MAX_COUNT + 1,
    );
    return {
      totalItems: Math.min(count, MAX_COUNT),
      totalItemsCapped: count > MAX_COUNT,
    };
  }

  async test(request: { id: string }): Promise<DestinationTestResult> {
    const destination = this.#configured(request.id);
    const { forwarder } = destination;
    const signal = AbortSignal.timeout(TEST_MS);
    try {
      await forwarder.forward({
        events: [testEvent(destination)],
        test: true,
        signal,
      });
      const result = await forwarder.test?.({ signal });
      return {
        delivered: true,
        proves: result?.proves ?? ['The destination took the test event.'],
        doesNotProve: result?.doesNotProve ?? [],
      };
    } catch (error) {
      return {
        delivered: false,
        error: failureReason(error, this.#options.redactText),
        proves: [],
        doesNotProve: [],
      };
    }
  }

  async deliveries(query: DeliveriesQuery): Promise<Delivery[]> {
    const { configured, deliveries, events } = this.#options;
    const { destination, visible = EVERYTHING, ...others } = query;
    const found = await deliveries.list({
      ...others,
      destinationIds: destination
        ? [this.#configured(destination).id]
        : configured.map(({ id }) => id),
    });
    const ids = found.map(({ eventId }) => eventId);
    const byId = new Map(
      (await events.getAll(ids, visible)).map(event => [event.id, event]),
    );
    return found.map(({ failingSince, queuedAt, at, ...delivery }) => ({
      ...delivery,
      queuedAt: queuedAt.toISOString(),
      at: at.toISOString(),
      event: byId.get(delivery.eventId),
    }));
  }

  async redrive(
    request: Parameters<Destinations['redrive']>[0],
  ): Promise<number> {
    const { id, title } = this.#configured(request.destination);
    const { filter = {}, visible = EVERYTHING } = request;
    const redriven = await this.#options.deliveries.redrive({
      destinationId: id,
      criteria: both(visible, { filter }),
      eventIds: request.eventIds,
    });
    if (redriven === undefined) {
      throw new ConflictError(
        `destination: ${title} is switched off, and sends nothing; switch it on first`,
      );
    }
    this.#options.signals.queued();
    return redriven;
  }

  #configured(id: string): ConfiguredDestination {
    const found = this.#options.configured.find(one => one.id === id);
    if (!found) {
      throw new NotFoundError(`There is no destination "${id}" in app-config`);
    }
    return found;
  }

  async #describe(
    { id, type, title }: ConfiguredDestination,
    settings: StoredDestination,
    status: DestinationStatus,
    hours: { hour: string; delivered: number; failed: number }[],
  ): Promise<Destination> {
    const { pending, dueSince, dead } = await this.#options.deliveries.backlog(
      id,
      MAX_COUNT + 1,
    );
    const lagSeconds = dueSince
      ? Math.max(0, Math.round((Date.now() - dueSince.getTime()) / 1000))
      : 0;
    const isFailing = status.failures > 0;
    return {
      id,
      type,
      title,
      enabled: settings.enabled,
      paused: settings.paused,
      filter: settings.filter,
      holdFailuresMinutes: settings.holdFailuresMinutes,
      state: destinationState({ settings, status, lagSeconds, hours }),
      pending: Math.min(pending, MAX_COUNT),
      pendingCapped: pending > MAX_COUNT,
      lagSeconds,
      deadLetters: Math.min(dead, MAX_COUNT),
      lastSuccessAt: status.lastSuccessAt?.toISOString(),
      lastFailureAt: status.lastFailureAt?.toISOString(),
      lastError: status.lastError,
      retryAt: isFailing ? status.nextCallAt?.toISOString() : undefined,
      hours: lastDay(hours),
      backfill: settings.backfill && {
        from: settings.backfill.from.toISOString(),
        reached: new Date(
          auditEventIdTime(settings.backfill.after),
        ).toISOString(),
      },
    };
  }
}

/** The last 24 hours, each of them. */
function lastDay(hours: Destination['hours']): Destination['hours'] {
  const present = DateTime.utc().startOf('hour');
  return Array.from({ length: 24 }, (_, n) => {
    const hour = present
      .minus({ hours: 23 - n })
      .toJSDate()
      .toISOString();
    const { delivered = 0, failed = 0 } =
      hours.find(one => one.hour === hour) ?? {};
    return { hour, delivered, failed };
  });
}

/** An event that says of itself that it is a test. It is stored nowhere. */
function testEvent({ id, title }: ConfiguredDestination) {
  const now = new Date();
  return normaliseEvent(
    {
      sourceEventId: randomUUID(),
      type: 'audit-trail.destination-tested',
      occurredAt: now.toISOString(),
      actor: { type: 'system', id: TRAIL_ORIGIN.source, name: 'Audit Trail' },
      resource: destinationResource(id, title),
      details: { test: true, note: 'A test. Nothing has happened.' },
    },
    TRAIL_ORIGIN,
    now,
  );
}

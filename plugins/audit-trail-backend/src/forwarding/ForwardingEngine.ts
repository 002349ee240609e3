import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AuditEventsStore } from '../database/AuditEventsStore';
import type { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import type { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';
import type { DatabaseDestinationStatusStore } from '../database/forwarding/DatabaseDestinationStatusStore';
import type { Foreground } from '../foreground/Foreground';
import type { DeliverySignals } from './DeliverySignals';
import type { DestinationAlarm } from './DestinationAlarm';
import { DestinationWorker } from './DestinationWorker';
import type { ForwardingMetrics } from './ForwardingMetrics';
import type { ConfiguredDestination } from './readDestinations';

/** How long a call that is under way may go on at shutdown. */
const GRACE_MS = 5_000;

/** What the engine works with. */
export interface ForwardingEngineOptions {
  configured: ConfiguredDestination[];
  alarm: DestinationAlarm;
  destinations: DatabaseDestinationsStore;
  events: AuditEventsStore;
  foreground: Foreground;
  logger: LoggerService;
  metrics: ForwardingMetrics;
  queue: DatabaseDeliveryQueue;
  /** Replaces the secrets in what a destination says. */
  redactText(text: string): string;
  signals: DeliverySignals;
  status: DatabaseDestinationStatusStore;
}

/**
 * Forwards the trail to destinations: one {@link DestinationWorker} for each,
 * on each replica, of which one at a time has the lease.
 *
 * @remarks
 *
 * What is to be forwarded stands in the table of deliveries, written in the
 * transaction that appends the event. So nothing depends on this process: it
 * may stop at any moment, and another goes on from the table.
 */
export class ForwardingEngine {
  readonly #options: ForwardingEngineOptions;
  readonly #workers: DestinationWorker[];

  static create(options: ForwardingEngineOptions): ForwardingEngine {
    return new ForwardingEngine(options);
  }

  private constructor(options: ForwardingEngineOptions) {
    this.#options = options;
    const replica = randomUUID();
    this.#workers = options.configured.map(destination =>
      DestinationWorker.create({
        ...options,
        destination,
        holder: replica,
        logger: options.logger.child({ destination: destination.id }),
      }),
    );
  }

  /** Forwards from now on. */
  async start(): Promise<void> {
    if (this.#workers.length === 0) {
      return;
    }
    for (const { id, settings } of this.#options.configured) {
      await this.#options.destinations.ensure(id, settings);
    }
    const { signals } = this.#options;
    signals.subscribe(signal =>
      this.#workers.forEach(worker => worker.wake(signal)),
    );
    await signals.start();
    this.#workers.forEach(worker => worker.start());
  }

  /** Lets calls come to their end and gives all leases back. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.stop(GRACE_MS)));
    await this.#options.signals.stop();
  }
}

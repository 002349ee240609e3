import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { dialectOf } from '../database/dialect';

const CHANNEL = 'audit_trail_deliveries';
/** Stands behind the sender. */
const LATE = 'late';
/** How long to wait before listening is tried again. */
const RECONNECT_MS = 10_000;

/** What is told of something that was queued. */
export interface QueuedSignal {
  /** Whether it was committed long after it became due. */
  late: boolean;
}

/** What PostgreSQL's driver tells of a notification, as far as it is read. */
interface ReceivedNotification {
  payload?: string;
}

/** What is needed of a connection of PostgreSQL's driver. */
interface ListeningConnection {
  query(sql: string): Promise<unknown>;
  on(event: string, listener: (...args: unknown[]) => void): void;
  end(): Promise<void>;
}

/**
 * Tells workers that something was queued: those of this process directly, those
 * of other replicas by PostgreSQL's NOTIFY. It is a hint that saves time and
 * nothing else: where it does not arrive (behind a connection pooler, while a
 * connection is lost) workers look by themselves once a second.
 */
export class DeliverySignals {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #listeners: ((signal: QueuedSignal) => void)[] = [];
  /** Tells its own notifications, which are no news, from those of others. */
  readonly #sender = randomUUID();
  #notifying = false;
  /** Whether any of what others are to be told of is late. */
  #late = false;
  #stopped = false;
  #connection?: ListeningConnection;
  #reconnect?: NodeJS.Timeout;

  static create(options: {
    knex: Knex;
    logger: LoggerService;
  }): DeliverySignals {
    return new DeliverySignals(options.knex, options.logger);
  }

  private constructor(knex: Knex, logger: LoggerService) {
    this.#knex = knex;
    this.#logger = logger;
  }

  /** Has something called whenever anything may have been queued. */
  subscribe(listener: (signal: QueuedSignal) => void): void {
    this.#listeners.push(listener);
  }

  /** Listens to other replicas from now on. */
  async start(): Promise<void> {
    if (dialectOf(this.#knex) !== 'postgres' || this.#stopped) {
      return;
    }
    try {
      // Beside the pool, which must not lose a connection to it.
      const connection: ListeningConnection =
        await this.#knex.client.acquireRawConnection();
      this.#connection = connection;
      connection.on('notification', notification => {
        const { payload = '' } = notification as ReceivedNotification;
        const [sender, word] = payload.split(' ');
        if (sender !== this.#sender) {
          this.#signal({ late: word === LATE });
        }
      });
      connection.on('error', error => this.#lost(error));
      connection.on('end', () => this.#lost('the connection ended'));
      await connection.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.#lost(error);
    }
  }

  /** Tells that something was queued, once for all that comes at a time. */
  queued(signal: QueuedSignal = { late: false }): void {
    this.#signal(signal);
    this.#late ||= signal.late;
    if (
      this.#notifying ||
      this.#listeners.length === 0 ||
      dialectOf(this.#knex) !== 'postgres'
    ) {
      return;
    }
    this.#notifying = true;
    setImmediate(async () => {
      const late = this.#late;
      this.#notifying = false;
      this.#late = false;
      const payload = late ? `${this.#sender} ${LATE}` : this.#sender;
      try {
        await this.#knex.raw('select pg_notify(?, ?)', [CHANNEL, payload]);
      } catch (error) {
        this.#logger.debug('Could not notify other replicas', toError(error));
      }
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reconnect);
    await this.#connection?.end().catch(() => {});
  }

  #signal(signal: QueuedSignal): void {
    this.#listeners.forEach(listener => listener(signal));
  }

  #lost(reason: unknown): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (this.#stopped || this.#reconnect) {
      return;
    }
    this.#logger.debug(
      'Other replicas are not listened to for now',
      toError(reason),
    );
    connection?.end().catch(() => {});
    this.#reconnect = setTimeout(() => {
      this.#reconnect = undefined;
      this.start();
    }, RECONNECT_MS);
    this.#reconnect.unref();
  }
}

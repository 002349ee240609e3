import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TrailClient } from '../recorder/TrailClient';
import { AuditorDelivery } from './AuditorDelivery';
import { interruptibleSleep } from './interruptibleSleep';
import type { LeftSpool, SpoolFolder } from './spool/SpoolFolder';
import type { Outgoing } from './spool/SpoolReader';
import type { Spool } from './spool/Spool';

/** Events that are read at a time. */
const MAX_EVENTS = 500;
/** What comes within this time goes together. */
const GATHER_MS = 50;
const TICK_MS = 1_000;
/** How often the folder is searched for what others have left. */
const SEARCH_MS = 5_000;
/** So long a plugin may take to start before another one sends its events. */
const PLUGIN_START_MS = 30_000;

/**
 * Sends what is in the spools to the trail, each plugin's events as that
 * plugin, until it is stored: those of this process, and those that processes
 * before it have left. The trail knows an event that comes again by its id.
 */
export class AuditorSender {
  readonly #clients = new Map<string, TrailClient>();
  readonly #folder: SpoolFolder;
  readonly #logger: LoggerService;
  readonly #outcomeTimeoutMs: number;
  readonly #spool: Spool;
  readonly #delivery: AuditorDelivery;
  readonly #startedAt = Date.now();
  #left: LeftSpool[] = [];
  /** Read, and without a plugin to send them as yet. */
  #parked: Outgoing[] = [];
  #searchedAt = -Infinity;
  #stopping = false;
  /** Whether something came since the spools were last looked at. */
  #awake = false;
  #wake = () => {};
  #running?: Promise<void>;

  static create(options: {
    folder: SpoolFolder;
    logger: LoggerService;
    outcomeTimeoutMs: number;
    spool: Spool;
    /** Called for each event that the trail refuses. */
    onRefused(plugin: string): void;
  }): AuditorSender {
    return new AuditorSender(options);
  }

  private constructor(options: Parameters<typeof AuditorSender.create>[0]) {
    this.#folder = options.folder;
    this.#logger = options.logger;
    this.#outcomeTimeoutMs = options.outcomeTimeoutMs;
    this.#spool = options.spool;
    this.#delivery = AuditorDelivery.create({
      clientOf: plugin => this.#clientOf(plugin)!,
      logger: options.logger,
      onRefused: options.onRefused,
      waitingBytes: () => this.#spool.reader.size + this.#spool.leftBytes,
    });
  }

  /** Sends a plugin's events as that plugin, from now on. */
  addPlugin(plugin: string, client: TrailClient): void {
    this.#clients.set(plugin, client);
    this.#running ??= this.#run();
  }

  /** Says that there is something to send. */
  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  /** Waits until all is sent that has ended, or for a time. */
  async flush(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (
      this.#running &&
      Date.now() < deadline &&
      !(this.#spool.reader.idle && this.#parked.length === 0)
    ) {
      this.#wake();
      this.#delivery.tryNow();
      await new Promise(resolve => setTimeout(resolve, GATHER_MS));
    }
  }

  /** Stops; what is not sent stays in the spool. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    this.#delivery.stop();
    await this.#running;
    await Promise.all(this.#left.map(({ reader }) => reader.close()));
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#awake = false;
        const outgoing = await this.#collect();
        if (outgoing.length > 0) {
          await this.#delivery.send(outgoing);
        } else {
          if (!this.#awake) {
            await this.#sleep(TICK_MS);
          }
          await new Promise(resolve => setTimeout(resolve, GATHER_MS));
        }
        await this.#tidy();
      } catch (error) {
        this.#logger.error('The auditor cannot read its spool', error as Error);
        await this.#sleep(TICK_MS);
      }
    }
  }

  /** What can be sent now: own events first, as somebody may wait for them. */
  async #collect(): Promise<Outgoing[]> {
    const { live, reader } = this.#spool;
    const own = [
      ...(await reader.next(MAX_EVENTS)),
      ...(await reader.overdue({
        before: Date.now() - this.#outcomeTimeoutMs,
        live,
        giveUp: event => this.#spool.giveUp(event),
      })),
    ];
    const left = await this.#collectLeft(MAX_EVENTS - own.length);
    return [...own, ...left];
  }

  async #collectLeft(maxEvents: number): Promise<Outgoing[]> {
    if (this.#parked.length === 0) {
      await this.#search();
      for (const { reader } of this.#left) {
        if (this.#parked.length < maxEvents) {
          this.#parked.push(
            ...(await reader.next(maxEvents - this.#parked.length)),
          );
          if (reader.caughtUp) {
            // What its process began, it can no longer end.
            this.#parked.push(
              ...(await reader.overdue({ before: Infinity, live: new Map() })),
            );
          }
        }
      }
    }
    const ready = this.#parked.filter(({ plugin }) => this.#clientOf(plugin));
    this.#parked = this.#parked.filter(one => !ready.includes(one));
    return ready;
  }

  /** Looks for what other processes have left. */
  async #search(): Promise<void> {
    if (this.#searchedAt + SEARCH_MS > Date.now()) {
      return;
    }
    this.#searchedAt = Date.now();
    const known = new Set(this.#left.map(({ instance }) => instance));
    const found = await this.#folder.left(known.add(this.#spool.instance));
    if (found.length > 0) {
      this.#left.push(...found);
      this.#logger.info(
        `The auditor goes on with what ${found.length} processes before have left`,
      );
    }
  }

  async #tidy(): Promise<void> {
    await this.#spool.reader.tidy();
    for (const left of this.#left) {
      await left.reader.tidy();
      if (left.reader.size === 0) {
        await left.remove();
      }
    }
    this.#left = this.#left.filter(({ reader }) => reader.size > 0);
    this.#spool.leftBytes = this.#left.reduce(
      (sum, { reader }) => sum + reader.size,
      0,
    );
  }

  #clientOf(plugin: string): TrailClient | undefined {
    const own = this.#clients.get(plugin);
    if (own || this.#startedAt + PLUGIN_START_MS > Date.now()) {
      return own;
    }
    // It is no longer installed: its events go as another one's.
    return this.#clients.values().next().value;
  }

  /** Waits for a time, or until there is something to send. */
  async #sleep(ms: number): Promise<void> {
    await interruptibleSleep(ms, end => {
      this.#wake = end;
    });
    this.#wake = () => {};
  }
}

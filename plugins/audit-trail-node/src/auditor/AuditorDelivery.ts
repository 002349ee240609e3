import type { LoggerService } from '@backstage/backend-plugin-api';
import { isRefusal, reasonOf, waitAsked } from '../recorder/callFailure';
import type { TrailClient } from '../recorder/TrailClient';
import { interruptibleSleep } from './interruptibleSleep';
import type { Outgoing } from './spool/SpoolReader';

/** Most of one call. */
const MAX_EVENTS = 500;
const MAX_LENGTH = 1_000_000;
const CALL_TIMEOUT_MS = 15_000;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 15_000;
/** How often it is said that the trail does not answer. */
const COMPLAIN_MS = 5 * 60_000;

interface AuditorDeliveryOptions {
  /** Who sends what a plugin audited. */
  clientOf(plugin: string): TrailClient;
  logger: LoggerService;
  /** Called for each event that the trail refuses. */
  onRefused(plugin: string): void;
  /** How much waits, for a word about it. */
  waitingBytes(): number;
}

function batchesOf(events: Outgoing[]): Outgoing[][] {
  const batches: Outgoing[][] = [];
  let length = Infinity;
  for (const event of events) {
    const last = batches[batches.length - 1];
    if (length + event.json.length > MAX_LENGTH || last.length >= MAX_EVENTS) {
      batches.push([event]);
      length = event.json.length;
    } else {
      last.push(event);
      length += event.json.length;
    }
  }
  return batches;
}

/**
 * Hands events over to the trail in batches, again and again until they are
 * stored; one that it refuses is found by halving its batch, and settled.
 */
export class AuditorDelivery {
  readonly #options: AuditorDeliveryOptions;
  #failures = 0;
  #complainedAt = -Infinity;
  #stopping = false;
  #endPause = () => {};

  static create(options: AuditorDeliveryOptions): AuditorDelivery {
    return new AuditorDelivery(options);
  }

  private constructor(options: AuditorDeliveryOptions) {
    this.#options = options;
  }

  /** Does not wait any longer before the next try. */
  tryNow(): void {
    this.#endPause();
  }

  /** Gives up after the call that is under way. */
  stop(): void {
    this.#stopping = true;
    this.#endPause();
  }

  /** Sends events until all are stored; gives up when it is time to stop. */
  async send(outgoing: Outgoing[]): Promise<void> {
    const byPlugin = new Map<string, Outgoing[]>();
    for (const one of outgoing) {
      const same = byPlugin.get(one.plugin);
      if (same) {
        same.push(one);
      } else {
        byPlugin.set(one.plugin, [one]);
      }
    }
    for (const [plugin, events] of byPlugin) {
      for (const batch of batchesOf(events)) {
        await this.#deliver(plugin, batch);
      }
    }
  }

  /** Sends a batch until it is stored; gives up when it is time to stop. */
  async #deliver(plugin: string, batch: Outgoing[]): Promise<void> {
    while (!this.#stopping) {
      try {
        const { ids, faults } = await this.#options.clientOf(plugin).postEvents(
          batch.map(({ json }) => json),
          {
            intake: 'auditor',
            signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
          },
        );
        batch.forEach(({ settle }) => settle());
        this.#recovered();
        for (let index = ids.length; index < batch.length; index++) {
          this.#options.onRefused(plugin);
        }
        if (faults) {
          this.#options.logger.error(
            `The Audit Trail refuses what ${plugin} audited: ${faults.join(
              '; ',
            )}`,
          );
        }
        return;
      } catch (error) {
        if (isRefusal(error)) {
          await this.#deliverApart(plugin, batch, error);
          return;
        }
        this.#complain(error);
        await this.#pause(
          waitAsked(error) ??
            Math.min(FIRST_RETRY_MS * 2 ** this.#failures, MAX_RETRY_MS),
        );
        this.#failures++;
      }
    }
  }

  async #deliverApart(
    plugin: string,
    batch: Outgoing[],
    error: unknown,
  ): Promise<void> {
    if (batch.length === 1) {
      this.#options.logger.error(
        `The Audit Trail refuses what ${plugin} audited: ${reasonOf(error)}`,
      );
      this.#options.onRefused(plugin);
      batch[0].settle();
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.#deliver(plugin, batch.slice(0, half));
    await this.#deliver(plugin, batch.slice(half));
  }

  #complain(error: unknown): void {
    // The trail's own backend often starts a moment later.
    if (this.#failures >= 4 && this.#complainedAt + COMPLAIN_MS < Date.now()) {
      this.#complainedAt = Date.now();
      this.#options.logger.error(
        `The Audit Trail does not take what is audited; ${Math.ceil(
          this.#options.waitingBytes() / 1024,
        )} KB wait in the spool: ${reasonOf(error)}`,
      );
    }
  }

  #recovered(): void {
    if (this.#complainedAt > 0) {
      this.#options.logger.info('The Audit Trail takes what is audited again');
    }
    this.#complainedAt = -Infinity;
    this.#failures = 0;
  }

  /** Waits for a time before the next try, whatever there is to send. */
  async #pause(ms: number): Promise<void> {
    await interruptibleSleep(ms, end => {
      this.#endPause = end;
    });
    this.#endPause = () => {};
  }
}

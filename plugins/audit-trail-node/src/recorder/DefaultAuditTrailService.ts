import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ActivityRegistration } from 'backstage-plugin-audit-trail-common';
import type { AuditTrailRecord, AuditTrailService } from './AuditTrailService';
import { isRefusal, reasonOf } from './callFailure';
import { RecordQueue } from './RecordQueue';
import { toInput } from './toInput';
import type { TrailClient } from './TrailClient';

/** After each failure the next try is so much later, up to a minute. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 60_000;
const CALL_TIMEOUT_MS = 5_000;

/** Records over the Audit Trail's HTTP API. */
export class DefaultAuditTrailService implements AuditTrailService {
  readonly #client: TrailClient;
  readonly #logger: LoggerService;
  readonly #queue: RecordQueue;
  /** What is to be described, by id, and has not been. */
  readonly #undescribed = new Map<string, ActivityRegistration>();
  #describing?: Promise<void>;
  #failures = 0;
  #retry?: NodeJS.Timeout;
  #stopped = false;

  static create(options: {
    client: TrailClient;
    logger: LoggerService;
  }): DefaultAuditTrailService {
    return new DefaultAuditTrailService(options.client, options.logger);
  }

  private constructor(client: TrailClient, logger: LoggerService) {
    this.#client = client;
    this.#logger = logger;
    this.#queue = RecordQueue.create({
      post: async (events, signal) => {
        await this.#describe();
        return client.postEvents(events, { intake: 'recorder', signal });
      },
    });
  }

  async record(event: AuditTrailRecord): Promise<{ id: string }> {
    return { id: await this.#queue.add(JSON.stringify(toInput(event))) };
  }

  registerActivities(activities: ActivityRegistration[]): void {
    for (const activity of activities) {
      this.#undescribed.set(activity.id, activity);
    }
    this.#describeLater(0);
  }

  /** Waits for what is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#queue.idle();
  }

  #describeLater(delayMs: number): void {
    clearTimeout(this.#retry);
    if (this.#stopped) {
      return;
    }
    this.#retry = setTimeout(() => {
      this.#describe().then(
        () => {
          this.#failures = 0;
        },
        error => {
          this.#failures++;
          // The backend of the trail often starts a moment later.
          const level = this.#failures === 5 ? 'warn' : 'debug';
          this.#logger[level](
            `The Audit Trail does not know this plugin's activities yet: ${reasonOf(
              error,
            )}`,
          );
          this.#describeLater(
            Math.min(RETRY_MS * 2 ** this.#failures, MAX_RETRY_MS),
          );
        },
      );
    }, delayMs);
    this.#retry.unref();
  }

  /** Describes all that has not been; once, however many ask for it. */
  async #describe(): Promise<void> {
    while (this.#undescribed.size > 0) {
      this.#describing ??= this.#describeNow([...this.#undescribed.values()]);
      try {
        await this.#describing;
      } finally {
        this.#describing = undefined;
      }
    }
  }

  async #describeNow(activities: ActivityRegistration[]): Promise<void> {
    try {
      await this.#client.putActivities(activities, {
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      // Events go their way all the same, under their types.
      this.#logger.error(
        `The Audit Trail refuses this plugin's activities: ${reasonOf(error)}`,
      );
    }
    for (const activity of activities) {
      // It may have been described anew meanwhile.
      if (this.#undescribed.get(activity.id) === activity) {
        this.#undescribed.delete(activity.id);
      }
    }
  }
}

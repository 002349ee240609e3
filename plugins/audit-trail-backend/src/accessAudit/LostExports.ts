import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { DatabaseExportsStore } from '../database/exporting/DatabaseExportsStore';
import type { AccessRecorder } from './AccessRecorder';

/** So long it can be asked what the file of an export has to be. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Sees to it that the trail has an end of every export, also of those whose
 * process ended before they did; and forgets exports in time.
 */
export class LostExports {
  readonly #recorder: AccessRecorder;
  readonly #store: DatabaseExportsStore;

  static create(options: {
    recorder: AccessRecorder;
    store: DatabaseExportsStore;
  }): LostExports {
    return new LostExports(options.recorder, options.store);
  }

  private constructor(recorder: AccessRecorder, store: DatabaseExportsStore) {
    this.#recorder = recorder;
    this.#store = store;
  }

  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'audit-trail-lost-exports',
      frequency: { minutes: 1 },
      timeout: { minutes: 5 },
      fn: () => this.settle(),
    });
  }

  /** Records the end of those that were lost. */
  async settle(): Promise<void> {
    for (const lost of await this.#store.lost()) {
      const { id, userRef, choice, format, compress, rows, bytes } = lost;
      const reason = 'interrupted';
      await this.#recorder.export(userRef, {
        id,
        outcome: 'failed',
        // The same event for whoever comes to record it.
        occurredAt: lost.seenAt,
        details: {
          ...choice,
          format,
          ...(compress ? { compress } : {}),
          ...{ rows, bytes, reason },
        },
      });
      await this.#store.fail(id, { rows, bytes, reason });
    }
    await this.#store.forget(KEPT_MS);
  }
}

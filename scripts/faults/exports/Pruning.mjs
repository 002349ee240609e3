import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../../lib/log.mjs';

/** The trail has 90 days; so the oldest ninth is to go. */
const KEPT_DAYS = 80;
const LOOK_MS = 5;
/** A backend prunes a minute after its start at the earliest. */
const BEGIN_MS = 5 * 60_000;

/** Another backend, which prunes the trail whenever it may. */
export class Pruning {
  /** What is older is to go, and what gets older meanwhile may. */
  #before = new Date(Date.now() - KEPT_DAYS * 24 * 60 * 60_000);
  #pg;
  #replica;

  static async start(stage) {
    const replica = await stage.startReplica('retention', {
      retention: { days: KEPT_DAYS },
    });
    return new Pruning(stage.pg, replica);
  }

  constructor(pg, replica) {
    this.#pg = pg;
    this.#replica = replica;
  }

  get url() {
    return this.#replica.url;
  }

  /**
   * Waits until it has removed some events.
   *
   * @returns whether it is still about to remove others
   */
  async waitForFirst() {
    say('Waiting for the prune to begin');
    const end = performance.now() + BEGIN_MS;
    while (performance.now() < end) {
      const { rows } = await this.#pg.query(
        'select finished from audit_prune_runs where removed > 0',
      );
      if (rows.length > 0) {
        return rows.some(({ finished }) => !finished);
      }
      await delay(LOOK_MS);
    }
    throw new Error('Nothing is pruned');
  }

  /** Lets it look for what is to go again, and not only in an hour. */
  async makeDue() {
    await this.#pg.query('delete from audit_prune_runs where recorded');
  }

  /** When it last came to the end of its turn. */
  async lastTurn() {
    const { rows } = await this.#pg.query(
      `select last_run_ended_at as at from backstage_backend_tasks__tasks
       where id = 'audit-trail-prune'`,
    );
    return rows[0]?.at?.getTime();
  }

  /** How many events there are that it is to remove. */
  async left() {
    const { rows } = await this.#pg.query(
      'select count(*)::int as count from audit_events where occurred_at < $1',
      [this.#before],
    );
    return rows[0].count;
  }

  /** Waits until nothing is left that is to go; whether that is so. */
  async waitForLast() {
    const end = performance.now() + BEGIN_MS;
    while ((await this.left()) > 0) {
      if (performance.now() > end) {
        return false;
      }
      await this.makeDue();
      await delay(1_000);
    }
    return true;
  }

  stop() {
    return this.#replica.stop();
  }
}

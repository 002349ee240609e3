import type { Knex } from 'knex';
import { dialectOf } from './dialect';

/** A database that takes longer to take a connection is away. */
const PATIENCE_MS = 2_000;
/** If a timer of this process is so late, it is the process that is too busy. */
const LATE_MS = 500;

/**
 * Looks whether the database answers at all: on a connection of its own, so
 * that queries which take long, and have all connections of the pool, are not
 * taken for a database that is away.
 */
export class DatabaseProbe {
  readonly #knex: Knex;
  #connecting?: Promise<boolean>;

  static create(options: { knex: Knex }): DatabaseProbe {
    return new DatabaseProbe(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Whether the database answers within a moment, as far as a process that is
   * busy itself can tell. SQLite, which is part of this process, always does.
   */
  async answers(): Promise<boolean> {
    if (dialectOf(this.#knex) !== 'postgres') {
      return true;
    }
    // One at a time, however long that takes: a server that comes back must not
    // find a connection for each one who has waited.
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<boolean>(resolve => {
      timer = setTimeout(
        () => resolve(performance.now() - began > PATIENCE_MS + LATE_MS),
        PATIENCE_MS,
      );
    });
    try {
      return await Promise.race([this.#connecting, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #connect(): Promise<boolean> {
    try {
      // This asks for the server's version, so the server is at work.
      const connection: { end(): Promise<void> } =
        await this.#knex.client.acquireRawConnection();
      connection.end().catch(() => {});
      return true;
    } catch {
      return false;
    }
  }
}

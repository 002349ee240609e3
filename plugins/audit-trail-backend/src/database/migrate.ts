import { setTimeout as delay } from 'node:timers/promises';
import {
  resolvePackagePath,
  type DatabaseService,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { dialectOf } from './dialect';

/** The steps of the schema, by their files. */
export const MIGRATIONS = resolvePackagePath(
  'backstage-plugin-audit-trail-backend',
  'migrations',
);

/**
 * Longest that a migration waits for a table, as whoever wants that table
 * afterwards waits behind it.
 */
const LOCK_TIMEOUT_MS = 500;

/** Pause before a migration asks for a table again; it doubles each time. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/** How often to ask whether another replica is through. */
const POLL_MS = 200;

/** Longest that a start waits, for tables or for another replica. */
const MAX_WAIT_MS = 10 * 60_000;

/**
 * PostgreSQL's codes for a lock that was not to be had: not in time, or not
 * without a deadlock.
 */
const NO_LOCK = ['55P03', '40P01'];

/** How to bring a schema up to date. */
export interface MigrationOptions {
  /** Is told when it has to wait. */
  logger?: LoggerService;
  /** Where the migrations are; in the package, if left out. */
  directories?: string[];
  /** Longest that it waits; ten minutes, if left out. */
  maxWaitMs?: number;
}

type Step = 'applied' | 'up to date' | 'not our turn' | 'table in use';

const WAITING = {
  'not our turn': {
    reason: 'another backend is bringing it up to date',
    remedy: 'See what that one waits for, or end it',
  },
  'table in use': {
    reason: 'a long transaction uses a table that has to be changed',
    remedy: 'Find it in pg_stat_activity, and end it',
  },
};

/**
 * Makes all others wait until the transaction has ended, in whatever way.
 *
 * @remarks
 *
 * knex has a lock as well. Making the table which that is kept in is not locked,
 * so that replicas which start on an empty database fail, or make two locks, of
 * which no later start can get both.
 *
 * @returns whether it is our turn
 */
async function takeTurn(tx: Knex.Transaction): Promise<boolean> {
  const { rows } = await tx.raw(
    `select
       pg_try_advisory_xact_lock(hashtext('audit_trail_migrations'), hashtext(current_schema())) as ours,
       set_config('lock_timeout', ?, true)`,
    [String(LOCK_TIMEOUT_MS)],
  );
  return rows[0].ours;
}

/**
 * Applies the next migration that is missing. It, what knex writes down of it,
 * and all locks are of one transaction: a process that is killed leaves nothing.
 */
async function applyNext(knex: Knex, directories: string[]): Promise<Step> {
  try {
    return await knex.transaction<Step>(async tx => {
      if (dialectOf(knex) === 'postgres' && !(await takeTurn(tx))) {
        return 'not our turn';
      }
      const [, applied] = await tx.migrate.up({ directory: directories });
      return applied.length > 0 ? 'applied' : 'up to date';
    });
  } catch (error) {
    if (NO_LOCK.includes((error as { code?: string }).code ?? '')) {
      return 'table in use';
    }
    throw error;
  }
}

/**
 * Brings the schema of a database up to date. Any number of processes may do so
 * at once, or be killed while they do.
 *
 * @throws `Error` if it has waited too long; the next start goes on from there
 */
export async function applyMigrations(
  knex: Knex,
  options: MigrationOptions = {},
): Promise<void> {
  const { directories = [MIGRATIONS], logger } = options;
  const { maxWaitMs = MAX_WAIT_MS } = options;
  let deadline = Date.now() + maxWaitMs;
  let tries = 0;
  const told = new Set<Step>();
  for (;;) {
    const step = await applyNext(knex, directories);
    if (step === 'up to date') {
      return;
    }
    if (step === 'applied') {
      deadline = Date.now() + maxWaitMs;
      tries = 0;
      continue;
    }
    const { reason, remedy } = WAITING[step];
    if (Date.now() > deadline) {
      throw new Error(
        `The schema of the Audit Trail could not be brought up to date within ${Math.round(
          maxWaitMs / 1000,
        )} seconds: ${reason}. ${remedy}; then start again`,
      );
    }
    if (!told.has(step)) {
      logger?.warn(`Waiting with the schema of the Audit Trail: ${reason}`);
      told.add(step);
    }
    if (step === 'table in use') {
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** tries, MAX_PAUSE_MS));
      tries++;
    } else {
      await delay(POLL_MS);
    }
  }
}

/**
 * Connects to the plugin's database with the schema up to date.
 *
 * @throws `Error` if the database is not supported; nothing is created then
 */
export async function openDatabase(
  database: DatabaseService,
  logger?: LoggerService,
): Promise<Knex> {
  const knex = await database.getClient();
  dialectOf(knex);
  if (!database.migrations?.skip) {
    await applyMigrations(knex, { logger });
  }
  return knex;
}

import type { Knex } from 'knex';
import type { CoveredSpan, GapReason } from '../pulling/spans';
import { readTime, type RowTime } from './databaseTime';
import { dialectOf } from './dialect';

/** Which source, asked for what. */
export interface IntakeKey {
  intake: string;
  target: string;
}

/** How reading from a source goes. */
export interface IntakeState extends IntakeKey {
  workspace?: string;
  /** When it was asked for the first time. */
  startedAt: Date;
  /** When a run last ended without a failure. */
  succeededAt?: Date;
  /** When the last days were last read once more. */
  recheckedAt?: Date;
  /** When it was last read who acts there. */
  actorsReadAt?: Date;
  /** Runs that failed since the last that did not, and the last one's reason. */
  failures: number;
  failingSince?: Date;
  reason?: GapReason;
  error?: string;
  /** Before this it is not asked again. */
  notBefore?: Date;
}

interface StateRow extends IntakeKey {
  workspace: string | null;
  started_at: RowTime;
  succeeded_at: RowTime | null;
  rechecked_at: RowTime | null;
  actors_read_at: RowTime | null;
  failures: number;
  failing_since: RowTime | null;
  reason: GapReason | null;
  error: string | null;
  not_before: RowTime | null;
}

interface SpanRow extends IntakeKey {
  begins_at: RowTime;
  ends_at: RowTime;
  state: 'complete' | 'gap';
  reason: GapReason | null;
}

function fromRow(row: StateRow): IntakeState {
  return {
    intake: row.intake,
    target: row.target,
    workspace: row.workspace ?? undefined,
    startedAt: new Date(row.started_at),
    succeededAt: readTime(row.succeeded_at),
    recheckedAt: readTime(row.rechecked_at),
    actorsReadAt: readTime(row.actors_read_at),
    failures: row.failures,
    failingSince: readTime(row.failing_since),
    reason: row.reason ?? undefined,
    error: row.error ?? undefined,
    notBefore: readTime(row.not_before),
  };
}

const COLUMNS = {
  workspace: 'workspace',
  succeededAt: 'succeeded_at',
  recheckedAt: 'rechecked_at',
  actorsReadAt: 'actors_read_at',
  failures: 'failures',
  failingSince: 'failing_since',
  reason: 'reason',
  error: 'error',
  notBefore: 'not_before',
} as const;

/** What may change of a state; `undefined` takes a value away. */
export type IntakeStateChanges = {
  [field in keyof typeof COLUMNS]?: IntakeState[field] | undefined;
};

function toSpan(row: SpanRow): CoveredSpan {
  return {
    from: new Date(row.begins_at).getTime(),
    to: new Date(row.ends_at).getTime(),
    ...(row.state === 'complete'
      ? { state: 'complete' }
      : { state: 'gap', reason: row.reason ?? 'failed' }),
  };
}

/** Keeps how reading from sources goes, and which spans of time were read. */
export class DatabaseIntakeStatesStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseIntakeStatesStore {
    return new DatabaseIntakeStatesStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The state of a source, which begins now if it has none. */
  async begin(key: IntakeKey, now: Date): Promise<IntakeState> {
    await this.#knex('audit_intake_states')
      .insert({ ...key, started_at: now, failures: 0 })
      .onConflict(['intake', 'target'])
      .ignore();
    return fromRow(await this.#knex('audit_intake_states').where(key).first());
  }

  /** The state of a source, if it was ever asked. */
  async get(key: IntakeKey): Promise<IntakeState | undefined> {
    const row = await this.#knex('audit_intake_states').where(key).first();
    return row && fromRow(row);
  }

  /**
   * Since when each workspace is read by an intake, in the transaction that
   * appends events.
   */
  async startsByWorkspace(
    tx: Knex.Transaction,
    intakes: string[],
  ): Promise<Map<string, Date>> {
    const rows: StateRow[] = await tx('audit_intake_states')
      .whereIn('intake', intakes)
      .whereNotNull('workspace');
    return new Map(
      rows.map(row => [
        `${row.intake} ${row.workspace}`,
        new Date(row.started_at),
      ]),
    );
  }

  async update(key: IntakeKey, changes: IntakeStateChanges): Promise<void> {
    await this.#knex('audit_intake_states')
      .where(key)
      .update(
        Object.fromEntries(
          Object.entries(changes).map(([field, value]) => [
            COLUMNS[field as keyof typeof COLUMNS],
            value ?? null,
          ]),
        ),
      );
  }

  /** The spans of a source, in their order. */
  async spans(key: IntakeKey): Promise<CoveredSpan[]> {
    return this.#spans(this.#knex, key);
  }

  /**
   * Changes the spans of a source, in one transaction that no other replica
   * can come between.
   */
  async changeSpans(
    key: IntakeKey,
    change: (spans: CoveredSpan[]) => CoveredSpan[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      if (dialectOf(tx) === 'postgres') {
        await tx('audit_intake_states').where(key).forUpdate();
      }
      const before = await this.#spans(tx, key);
      const after = change(before);
      if (JSON.stringify(after) === JSON.stringify(before)) {
        return;
      }
      await tx('audit_coverage').where(key).delete();
      await tx.batchInsert(
        'audit_coverage',
        after.map(({ from, to, state, reason }) => ({
          ...key,
          begins_at: new Date(from),
          ends_at: new Date(to),
          state,
          reason: reason ?? null,
        })),
        100,
      );
    });
  }

  async #spans(knex: Knex, key: IntakeKey): Promise<CoveredSpan[]> {
    const rows: SpanRow[] = await knex('audit_coverage')
      .where(key)
      .orderBy('begins_at');
    return rows.map(toSpan);
  }
}

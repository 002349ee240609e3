import type { JsonObject } from '@backstage/types';
import type {
  AuditTrailExportFormat,
  AuditTrailExportRecord,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { databaseTime, readTime, type RowTime } from '../databaseTime';
import { dialectOf } from '../dialect';
import { EXPORT_LIMITS } from './exportLimits';

/** An export that is not known to run for so long has ended with its process. */
const LOST_AFTER_MS = 60_000;

/** An export that begins. */
export interface NewExport {
  id: string;
  userRef: string;
  format: AuditTrailExportFormat;
  compress?: 'gzip';
  /** What it is an export of, for the trail. */
  choice: JsonObject;
}

/** How far an export has come. */
export interface ExportProgress {
  rows: number;
  bytes: number;
}

/** An export whose process ended before it did. */
export interface LostExport extends NewExport, ExportProgress {
  /** When it was last known to run. */
  seenAt: Date;
}

interface ExportDbRow {
  id: string;
  user_ref: string;
  format: AuditTrailExportFormat;
  compress: 'gzip' | null;
  choice: string;
  started_at: RowTime;
  seen_at: RowTime;
  ended_at: RowTime | null;
  status: AuditTrailExportRecord['status'];
  /** A text on PostgreSQL. */
  rows: number | string;
  bytes: number | string;
  sha256: string | null;
  reason: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keeps what the files of exports have to be. */
export class DatabaseExportsStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseExportsStore {
    return new DatabaseExportsStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes note of an export that begins. From then on no event is pruned that
   * it may read, and none is being pruned.
   */
  async begin(begun: NewExport): Promise<void> {
    await this.#knex('audit_exports').insert({
      id: begun.id,
      user_ref: begun.userRef,
      format: begun.format,
      compress: begun.compress ?? null,
      choice: JSON.stringify(begun.choice),
      started_at: databaseTime(this.#knex),
      seen_at: databaseTime(this.#knex),
      status: 'running',
      rows: 0,
      bytes: 0,
    });
    if (dialectOf(this.#knex) === 'postgres') {
      // A step of a prune that began before may not know of it. It holds its
      // run, so wait until it is over.
      await this.#knex('audit_prune_runs')
        .select('id')
        .where({ finished: false })
        .forShare();
    }
  }

  /** Takes note that an export still runs. */
  async seen(id: string, progress: ExportProgress): Promise<void> {
    await this.#update(id, progress);
  }

  /**
   * Takes note that all of a file is on its way but its last part. Not of an
   * export that took so long that retention no longer waits for it.
   */
  async complete(
    id: string,
    file: ExportProgress & { sha256: string },
  ): Promise<void> {
    const ended = databaseTime(this.#knex);
    const updated = await this.#update(id, {
      ...file,
      status: 'complete',
      ended_at: ended,
    }).where(
      'started_at',
      '>',
      databaseTime(this.#knex, -EXPORT_LIMITS.totalMs),
    );
    if (updated === 0) {
      throw new Error('The export is no longer known to run');
    }
  }

  /** Takes note that an export ended before its file was complete. */
  async fail(
    id: string,
    end: ExportProgress & { reason: string },
  ): Promise<void> {
    const ended = databaseTime(this.#knex);
    await this.#update(id, { ...end, status: 'failed', ended_at: ended });
  }

  /** Somebody's export; that of somebody else is as if there were none. */
  async get(
    id: string,
    userRef: string,
  ): Promise<AuditTrailExportRecord | undefined> {
    if (!UUID.test(id)) {
      return undefined;
    }
    const row: ExportDbRow | undefined = await this.#knex('audit_exports')
      .where({ id, user_ref: userRef })
      .first();
    return (
      row && {
        id: row.id,
        status: row.status,
        format: row.format,
        compress: row.compress ?? undefined,
        startedAt: readTime(row.started_at)!.toISOString(),
        endedAt: readTime(row.ended_at)?.toISOString(),
        rows: Number(row.rows),
        bytes: Number(row.bytes),
        sha256: row.sha256 ?? undefined,
        reason: row.reason ?? undefined,
      }
    );
  }

  /** Since when the export has been running that has done so longest. */
  async runningSince(): Promise<Date | undefined> {
    const row: Pick<ExportDbRow, 'started_at'> | undefined = await this.#knex(
      'audit_exports',
    )
      .where({ status: 'running' })
      .orderBy('started_at')
      .first('started_at');
    return row && readTime(row.started_at);
  }

  /** Exports whose processes ended before they did. */
  async lost(): Promise<LostExport[]> {
    const rows: ExportDbRow[] = await this.#knex('audit_exports')
      .where('status', 'running')
      .where('seen_at', '<', databaseTime(this.#knex, -LOST_AFTER_MS));
    return rows.map(row => ({
      id: row.id,
      userRef: row.user_ref,
      format: row.format,
      compress: row.compress ?? undefined,
      choice: JSON.parse(row.choice),
      seenAt: readTime(row.seen_at)!,
      rows: Number(row.rows),
      bytes: Number(row.bytes),
    }));
  }

  /** Forgets what began so long ago. */
  async forget(olderThanMs: number): Promise<void> {
    await this.#knex('audit_exports')
      .where('started_at', '<', databaseTime(this.#knex, -olderThanMs))
      .whereNot('status', 'running')
      .delete();
  }

  /** What has ended stays as it is. */
  #update(id: string, changes: object): Knex.QueryBuilder<object, number> {
    return this.#knex('audit_exports')
      .where({ id, status: 'running' })
      .update({ ...changes, seen_at: databaseTime(this.#knex) });
  }
}

import type { Knex } from 'knex';
import { fileFormat, lineFormat } from '../../exporting/exportFormats';
import { LineBuffer } from '../../exporting/LineBuffer';
import { PartPool } from '../../exporting/PartPool';
import { applyCriteria } from '../applyCriteria';
import type { ReadEventRow } from '../auditEventRow';
import { dialectOf } from '../dialect';
import type { EventLines, EventLinesRequest, LinesChunk } from './EventLines';
import { planText } from '../planText';
import { selectEvents } from '../selectEvents';
import { PostgresMoment } from './PostgresMoment';

/** Events of a chunk. A page of SQLite's stops all else while it is read. */
const CHUNK_ROWS = 500;

/** Narrows a query on `audit_events` to those of some moment. */
type Moment = (query: Knex.QueryBuilder) => void;

/** The present moment. */
async function takeMoment(knex: Knex): Promise<Moment> {
  if (dialectOf(knex) === 'postgres') {
    const moment = await PostgresMoment.take(knex);
    return query => moment.apply(query);
  }
  // SQLite has one writer at a time, and numbers its rows as they come.
  const [{ last }] = await knex('audit_events').select(
    knex.raw('max(rowid) as last'),
  );
  return query => query.whereRaw('audit_events.rowid <= ?', [last ?? 0]);
}

/**
 * Reads events page by page and makes their lines itself: the way for SQLite,
 * and on PostgreSQL what the faster way is compared with.
 */
export class PagedEventLines implements EventLines {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): PagedEventLines {
    return new PagedEventLines(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async *read(
    request: EventLinesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<LinesChunk, void> {
    const { line, lineEnd } = lineFormat(request.format);
    const { separator } = fileFormat(request.format);
    const moment = await takeMoment(this.#knex);
    const criteria = await planText(
      this.#knex,
      request.criteria,
      async query => query,
    );
    const pool = new PartPool();
    for (let after: string | undefined; ; ) {
      signal.throwIfAborted();
      const rows = await this.#page({ ...request, criteria }, moment, after);
      const buffer = new LineBuffer({
        ...{ pool, separator, lineEnd },
        first: !after,
      });
      for (const row of rows) {
        buffer.addLine(Buffer.from(line(row)));
      }
      yield {
        rows: rows.length,
        parts: buffer.parts(),
        giveBack: part => pool.giveBack(part),
      };
      if (rows.length < CHUNK_ROWS) {
        return;
      }
      after = rows[rows.length - 1].id;
    }
  }

  async #page(
    { criteria, order }: EventLinesRequest,
    moment: Moment,
    after: string | undefined,
  ): Promise<ReadEventRow[]> {
    const query = selectEvents(this.#knex)
      .orderBy('audit_events.id', order)
      .limit(CHUNK_ROWS);
    if (after) {
      query.where('audit_events.id', order === 'desc' ? '<' : '>', after);
    }
    applyCriteria(query, this.#knex, criteria);
    moment(query);
    return query;
  }
}

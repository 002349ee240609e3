import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { fileFormat, lineFormat } from '../../exporting/exportFormats';
import { LABELS_SETTING } from '../../exporting/exportValues';
import { CopiedCsvLines } from '../../exporting/CopiedCsvLines';
import { LineBuffer } from '../../exporting/LineBuffer';
import { PartPool } from '../../exporting/PartPool';
import { applyCriteria } from '../applyCriteria';
import { catalogueLabels } from './catalogueLabels';
import { ChunkSize } from './ChunkSize';
import { CopyOut, type DriverClient, type GiveWay } from './CopyOut';
import type { EventLines, EventLinesRequest, LinesChunk } from './EventLines';
import { isTimeRange } from './isTimeRange';
import { planText } from '../planText';
import { MOMENT_SQL, PostgresMoment } from './PostgresMoment';
import { Turns } from './Turns';

const IDS_SETTING = 'audit_trail.export_ids';
const FIRST_SETTING = 'audit_trail.export_first';
const LAST_SETTING = 'audit_trail.export_last';
const idSql = (setting: string) =>
  `(select current_setting('${setting}')::uuid)`;

/**
 * The events of a chunk. Between two of them are all or, with other filters than
 * times, some, which are found one by one: that takes a third longer.
 */
const CHOSEN_SQL = {
  all: `audit_events.id between
    least(${idSql(FIRST_SETTING)}, ${idSql(LAST_SETTING)}) and
    greatest(${idSql(FIRST_SETTING)}, ${idSql(LAST_SETTING)})`,
  some: `audit_events.id = any (current_setting('${IDS_SETTING}')::uuid[])`,
};
const ID_LENGTH = 36;
/** To find the events of one chunk, and to read them. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** What comes beyond this is dropped, and read again with the next chunk. */
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;
/** Chunks that one replica reads at a time; it leaves connections to others. */
const MAX_READERS = 2;

/** A chunk, and where the next one begins. */
interface CopiedChunk extends LinesChunk {
  bytes: number;
  /** The last event; `undefined` if there are no more. */
  after?: string;
}

interface ChunkRequest extends EventLinesRequest {
  moment: PostgresMoment;
  /** Labels by type, as JSON. */
  labels: string;
  addLine(line: Buffer, buffer: LineBuffer): void;
  pool: PartPool;
  limit: number;
  after?: string;
  /** Whether no line has been read before. */
  first: boolean;
}

/**
 * Reads events from PostgreSQL as lines that it makes itself, by `COPY`.
 *
 * @remarks
 *
 * `COPY` takes no parameters. So the events of a chunk are chosen by a query
 * that does, whose answer, their ids, stays on the server in settings of the
 * transaction; and the `COPY` is one of two texts, which read those settings.
 * No value of a filter is ever part of it.
 *
 * Each chunk is a transaction of its own, and is read as fast as it comes, while
 * the chunk before it is on its way to the reader. So a slow reader holds
 * neither a transaction nor more than two chunks.
 */
export class CopyEventLines implements EventLines {
  readonly #knex: Knex;
  readonly #giveWay: GiveWay;
  readonly #turns = new Turns(MAX_READERS);

  static create(options: { giveWay: GiveWay; knex: Knex }): CopyEventLines {
    return new CopyEventLines(options.knex, options.giveWay);
  }

  private constructor(knex: Knex, giveWay: GiveWay) {
    this.#knex = knex;
    this.#giveWay = giveWay;
  }

  async *read(
    request: EventLinesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<LinesChunk, void> {
    const ended = new AbortController();
    const either = AbortSignal.any([signal, ended.signal]);
    const moment = await PostgresMoment.take(this.#knex);
    const common = {
      ...request,
      moment,
      // Words are looked up after the moment: what comes later is left out.
      criteria: await planText(this.#knex, request.criteria, async query =>
        query.timeout(STATEMENT_TIMEOUT_MS, { cancel: true }),
      ),
      labels:
        request.format === 'csv' ? '{}' : await catalogueLabels(this.#knex),
      addLine: await this.#lineMaker(request),
      pool: new PartPool(),
    };
    const size = new ChunkSize();
    const start = (first: boolean, after?: string) => {
      const chunk = this.#chunk(
        { ...common, first, after, limit: size.rows },
        either,
      );
      // It is awaited below; a failure until then is no unhandled one.
      chunk.catch(() => {});
      return chunk;
    };
    try {
      let first = true;
      let next: Promise<CopiedChunk> | undefined = start(first);
      while (next) {
        const chunk: CopiedChunk = await next;
        size.read(chunk);
        first = first && chunk.rows === 0;
        next =
          chunk.after === undefined ? undefined : start(first, chunk.after);
        const handedOver = Date.now();
        yield chunk;
        size.taken(Date.now() - handedOver);
      }
    } finally {
      ended.abort();
    }
  }

  /** What makes a line of one that was copied out. */
  async #lineMaker({
    format,
  }: EventLinesRequest): Promise<ChunkRequest['addLine']> {
    if (format !== 'csv') {
      return (line, buffer) => buffer.addLine(line);
    }
    const { rows } = await this.#knex.raw(
      `select resource_key, min(entity_ref) as entity_ref
       from audit_resource_owners group by resource_key`,
    );
    const lines = new CopiedCsvLines(
      new Map(
        rows.map((row: { resource_key: string; entity_ref: string }) => [
          row.resource_key,
          row.entity_ref,
        ]),
      ),
    );
    return (line, buffer) => lines.add(line, buffer);
  }

  async #chunk(
    request: ChunkRequest,
    signal: AbortSignal,
  ): Promise<CopiedChunk> {
    try {
      return await this.#turns.take(async () => {
        signal.throwIfAborted();
        return this.#knex.transaction(trx => this.#copy(trx, request, signal), {
          readOnly: true,
        });
      });
    } catch (error) {
      signal.throwIfAborted();
      throw (error as { code?: string }).code === '57014'
        ? new ServiceUnavailableError(
            `To find the next events of the export took longer than ${
              STATEMENT_TIMEOUT_MS / 1000
            } seconds; narrow the time range or add a filter`,
          )
        : error;
    }
  }

  async #copy(
    trx: Knex.Transaction,
    request: ChunkRequest,
    signal: AbortSignal,
  ): Promise<CopiedChunk> {
    const client: DriverClient = await trx.client.acquireConnection();
    let cancelling: Promise<unknown> | undefined;
    const cancel = () => {
      // Over a connection of its own, as this one is busy.
      cancelling = trx.client.cancelQuery(client).catch(() => {});
    };
    signal.addEventListener('abort', cancel);
    try {
      await trx.raw(
        `set local statement_timeout = ${STATEMENT_TIMEOUT_MS}; set local timezone = 'UTC'; set local datestyle = 'ISO'`,
      );
      const { rows, last } = await this.#choose(trx, request);
      if (rows === 0) {
        return { rows, parts: [], bytes: 0 };
      }
      return await this.#lines(client, request, {
        last: rows === request.limit ? last : undefined,
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      // Or it would hit what the connection is used for next.
      await cancelling;
    }
  }

  /** Chooses the events of a chunk, and leaves their ids on the server. */
  async #choose(
    trx: Knex.Transaction,
    { criteria, order, after, limit, moment, labels }: ChunkRequest,
  ): Promise<{ rows: number; last: string }> {
    const ids = trx('audit_events')
      .select('audit_events.id')
      .orderBy('audit_events.id', order)
      .limit(limit);
    if (after) {
      const operator = order === 'desc' ? '<' : '>';
      ids.where('audit_events.id', operator, after);
    }
    applyCriteria(ids, trx, criteria);
    const all = `array_agg(id order by id ${order})`;
    const set = (name: string, value: string, bindings: string[] = []) =>
      trx.raw(`set_config('${name}', ${value}, true)`, bindings);
    const chosenIds = isTimeRange(criteria)
      ? [
          set(FIRST_SETTING, `(${all})[1]::text`),
          set(LAST_SETTING, `(${all})[count(*)]::text`),
        ]
      : [set(IDS_SETTING, `coalesce(${all}::text, '{}')`)];
    const [chosen] = await trx
      .with('chosen', ids)
      .from('chosen')
      .select(
        trx.raw(`count(*)::int as rows`),
        trx.raw(`(${all})[count(*)]::text as last`),
        // The ids themselves are not to come here.
        trx.raw(`${chosenIds.map(() => '? is null').join(', ')}`, chosenIds),
        ...[[LABELS_SETTING, labels], ...moment.settings].map(([name, value]) =>
          set(name, '?', [value]),
        ),
        // From now on: events are found by their ids one by one, and so in order.
        trx.raw('?, ?', [
          set('enable_bitmapscan', `'off'`),
          set('enable_seqscan', `'off'`),
        ]),
      );
    return chosen;
  }

  async #lines(
    client: DriverClient,
    { criteria, format, order, first, addLine, pool }: ChunkRequest,
    chosen: { last?: string },
  ): Promise<CopiedChunk> {
    const { sql, copyOptions, lineEnd, idOffset } = lineFormat(format);
    const { separator } = fileFormat(format);
    const buffer = new LineBuffer({ pool, separator, lineEnd, first });
    let rows = 0;
    let kept = 0;
    let last: string | undefined;
    await CopyOut.run({
      client,
      giveWay: this.#giveWay,
      text: `copy (
        select ${sql}
        from audit_events
        where ${isTimeRange(criteria) ? CHOSEN_SQL.all : CHOSEN_SQL.some}
          and ${MOMENT_SQL}
        order by audit_events.id ${order}
      ) to stdout (${copyOptions})`,
      onLine: line => {
        rows++;
        if (buffer.bytes >= MAX_CHUNK_BYTES) {
          return;
        }
        kept++;
        addLine(line, buffer);
        if (buffer.bytes >= MAX_CHUNK_BYTES) {
          last = line.toString('latin1', idOffset, idOffset + ID_LENGTH);
        }
      },
    });
    return {
      rows: kept,
      bytes: buffer.bytes,
      parts: buffer.parts(),
      giveBack: part => pool.giveBack(part),
      after: kept < rows ? last : chosen.last,
    };
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { rm } from 'node:fs/promises';
import type { AuditedEvent } from '../AuditedEvent';
import { endLease, renewLease, takeLease } from './lease';
import { Segment } from './Segment';
import type { SpoolFolder } from './SpoolFolder';
import type { SpoolRecord } from './SpoolRecord';
import { SpoolReader } from './SpoolReader';

interface Waiting {
  line: string;
  /** Id of the use that it ends, if it ends one. */
  ends?: string;
  resolve(): void;
}

/** Most characters that wait to be written. */
const MAX_QUEUED = 8 * 1024 * 1024;
const MAX_SEGMENT_BYTES = 4 * 1024 * 1024;
const BEAT_MS = 2_000;
const SYNC_MS = 1_000;
const RETRY_MS = 1_000;

/**
 * What this process has audited and the trail has not yet stored, in files that
 * outlive the process. Callers that come while a write is under way go together
 * in the next one. Each second the operating system is made to put what is
 * written on disk.
 */
export class Spool {
  /** Uses of this process that have begun and not ended. */
  readonly live = new Map<string, AuditedEvent>();
  readonly reader = new SpoolReader();
  readonly #folder: SpoolFolder;
  readonly #logger: LoggerService;
  readonly #maxBytes: number;
  readonly #onLost: (plugin: string, reason: string) => void;
  readonly #onAppended: () => void;
  #instance = '';
  #number = 0;
  #segment!: Segment;
  #queue: Waiting[] = [];
  #queued = 0;
  /** Bytes for how uses end that have begun. */
  #reserved = 0;
  #writing?: Promise<void>;
  #failing = false;
  #dirty = false;
  #closing = false;
  #timers: NodeJS.Timeout[] = [];
  /** Bytes that others have left, which count as well. */
  leftBytes = 0;

  static async open(options: {
    folder: SpoolFolder;
    logger: LoggerService;
    maxBytes: number;
    /** Called for each event that there was no room for. */
    onLost(plugin: string, reason: string): void;
    /** Called when there is something to read. */
    onAppended(): void;
  }): Promise<Spool> {
    const spool = new Spool(options);
    await spool.#begin();
    spool.#timers = [
      setInterval(() => spool.#guard(spool.#beat()), BEAT_MS),
      setInterval(() => spool.#guard(spool.#sync()), SYNC_MS),
    ];
    spool.#timers.forEach(timer => timer.unref());
    return spool;
  }

  private constructor(options: Parameters<typeof Spool.open>[0]) {
    this.#folder = options.folder;
    this.#logger = options.logger;
    this.#maxBytes = options.maxBytes;
    this.#onLost = options.onLost;
    this.#onAppended = options.onAppended;
  }

  get instance(): string {
    return this.#instance;
  }

  /**
   * Appends a record; resolves when it is written. If there is no room for it,
   * it is lost, and counted. What tells of losses is small, and always goes in.
   *
   * @param event - the use that it is about, if that is one of this process
   */
  async append(record: SpoolRecord, event?: AuditedEvent): Promise<void> {
    const line = `${JSON.stringify(record)}\n`;
    if (event && !this.#hasRoom(record, line.length, event)) {
      return;
    }
    this.#queued += line.length;
    await new Promise<void>(resolve => {
      this.#queue.push({
        line,
        ends: record.kind === 'ended' ? record.id : undefined,
        resolve,
      });
      if (this.#failing) {
        // Nobody has to wait for a disk that does not work.
        resolve();
      }
      this.#writing ??= this.#write();
    });
  }

  /** Takes note that a use goes to the trail as begun; it may never end. */
  giveUp(event: AuditedEvent): void {
    event.late = true;
    this.#free(event);
    this.live.delete(event.id);
  }

  /** Waits until all is written that was appended. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Leaves what is not settled to the next process. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#timers.forEach(timer => clearInterval(timer));
    await this.#writing;
    await this.#sync();
    this.#segment.closed = true;
    const lease = this.#folder.leaseOf(this.#instance);
    await this.reader.tidy();
    if (this.reader.size === 0) {
      await rm(lease, { force: true });
    } else {
      await endLease(lease);
      await this.reader.close();
    }
  }

  /**
   * Whether there is room for a record. Who may begin has room for how it ends,
   * so that what is written of a use is of use.
   */
  #hasRoom(record: SpoolRecord, length: number, event: AuditedEvent): boolean {
    const isBegun = record.kind === 'begun';
    if (!isBegun) {
      // Until it is written it must not be taken for one that goes on.
      event.over = true;
      if (this.#free(event)) {
        return true;
      }
    }
    const used =
      this.reader.size + this.leftBytes + this.#queued + this.#reserved;
    const isFull = used + (isBegun ? 2 : 1) * length > this.#maxBytes;
    if (isFull || this.#queued + length > MAX_QUEUED) {
      if (!isBegun) {
        this.#onLost(record.plugin, isFull ? 'spool-full' : 'disk-too-slow');
      }
      return false;
    }
    if (isBegun) {
      event.reserved = length;
      this.#reserved += length;
      this.live.set(record.id, event);
    }
    return true;
  }

  /** Frees what is reserved for the end of a use, if anything is. */
  #free(event: AuditedEvent): boolean {
    this.#reserved -= event.reserved;
    const wasReserved = event.reserved > 0;
    event.reserved = 0;
    return wasReserved;
  }

  async #begin(): Promise<void> {
    const instance = this.#folder.newInstance();
    await takeLease(this.#folder.leaseOf(instance));
    this.#instance = instance;
    await this.#beginSegment();
  }

  async #beginSegment(): Promise<void> {
    const segment = await Segment.create(
      this.#folder.segmentOf(this.#instance, this.#number++),
    );
    if (this.#segment) {
      await this.#sync();
      this.#segment.closed = true;
    }
    this.#segment = segment;
    this.reader.add(segment);
  }

  async #write(): Promise<void> {
    // Those of the same turn go together.
    await new Promise(resolve => setImmediate(resolve));
    let torn = false;
    const maxSegment = Math.min(MAX_SEGMENT_BYTES, this.#maxBytes / 8);
    while (this.#queue.length > 0) {
      let batch: Waiting[] = [];
      try {
        if (this.#segment.size >= maxSegment) {
          await this.#beginSegment();
        }
        batch = this.#first(maxSegment - this.#segment.size);
        // What a failure has cut off must not spoil the next line.
        const lines = `${torn ? '\n' : ''}${batch
          .map(({ line }) => line)
          .join('')}`;
        await this.#segment.append(Buffer.from(lines));
      } catch (error) {
        torn = true;
        if (await this.#failed(error as Error)) {
          break;
        }
        continue;
      }
      torn = false;
      this.#failing = false;
      this.#dirty = true;
      this.#queue.splice(0, batch.length);
      batch.forEach(({ line, ends, resolve }) => {
        this.#queued -= line.length;
        if (ends) {
          this.live.delete(ends);
        }
        resolve();
      });
      this.#onAppended();
    }
    this.#writing = undefined;
  }

  /**
   * What waits longest, as much as has room in the segment, or one line: the
   * segment that is written to is kept when all in it is settled, and so must
   * not take up what there is room for.
   */
  #first(room: number): Waiting[] {
    let length = 0;
    const end = this.#queue.findIndex(({ line }) => {
      length += line.length;
      return length > room;
    });
    return this.#queue.slice(0, end === -1 ? undefined : Math.max(end, 1));
  }

  /** @returns whether to give up */
  async #failed(error: Error): Promise<boolean> {
    if (!this.#failing) {
      this.#logger.error(
        'What is audited cannot be written to the spool; it is kept in memory until it can',
        error,
      );
    }
    this.#failing = true;
    this.#queue.forEach(({ resolve }) => resolve());
    if (this.#closing) {
      return true;
    }
    await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    return false;
  }

  async #beat(): Promise<void> {
    if (!(await renewLease(this.#folder.leaseOf(this.#instance)))) {
      // Another process took this one for ended, and reads what it has written.
      // So does this one, as both may: each event is stored once.
      await this.#writing;
      await this.#begin();
    }
  }

  async #sync(): Promise<void> {
    if (this.#dirty) {
      this.#dirty = false;
      await this.#segment.sync();
    }
  }

  #guard(work: Promise<void>): void {
    work.catch(error =>
      this.#logger.warn('The spool of the auditor has trouble', error),
    );
  }
}

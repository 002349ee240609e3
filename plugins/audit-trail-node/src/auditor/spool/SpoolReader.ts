import type { AuditedEvent } from '../AuditedEvent';
import type { Segment } from './Segment';
import { parseRecord, type SpoolRecord } from './SpoolRecord';

/** An event that is to be sent. */
export interface Outgoing {
  plugin: string;
  /** The event as JSON. */
  json: string;
  /** Says that it is stored, or given up: the spool may forget it. */
  settle(): void;
}

/** Where a use stands that has begun and not ended. */
interface Begun {
  segment: Segment;
  position: number;
  length: number;
  /** When it was read, which for a live process is when it was written. */
  at: number;
}

const CHUNK_BYTES = 256 * 1024;
const NEW_LINE = 10;

/**
 * Reads the spool of one process, its own or one that another has left, from
 * the beginning to the end. What begins is remembered by where it stands until
 * it ends; a segment is forgotten when all that began and ended in it is
 * settled.
 */
export class SpoolReader {
  readonly #begun = new Map<string, Begun>();
  #segments: Segment[] = [];
  #unsettled = 0;

  /** Reads a segment after those before it. */
  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** Bytes of all segments. */
  get size(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** Whether all is read that is written. */
  get caughtUp(): boolean {
    return this.#segments.every(({ read, size }) => read >= size);
  }

  /** Whether all that is read is settled, but for what has not ended. */
  get idle(): boolean {
    return this.caughtUp && this.#unsettled === 0;
  }

  /** Events that have ended, about `maxEvents` at most. */
  async next(maxEvents: number): Promise<Outgoing[]> {
    const outgoing: Outgoing[] = [];
    for (const segment of [...this.#segments]) {
      while (segment.read < segment.size && outgoing.length < maxEvents) {
        await this.#readChunk(segment, outgoing);
      }
    }
    return outgoing;
  }

  /** What began before a time and has not ended; they are sent as they began. */
  async overdue(options: {
    before: number;
    /** Uses of this process that go on. */
    live: Map<string, AuditedEvent>;
    /** Called for those of them that are sent as they began. */
    giveUp?(event: AuditedEvent): void;
  }): Promise<Outgoing[]> {
    const { before, live } = options;
    const outgoing: Outgoing[] = [];
    for (const [id, begun] of this.#begun) {
      if (begun.at > before) {
        // They stand in the order in which they began.
        break;
      }
      const event = live.get(id);
      if (event?.over) {
        // How it ended is about to be written.
        continue;
      }
      if (event) {
        options.giveUp?.(event);
      } else if (!this.caughtUp) {
        // How it ended is written, and not yet read.
        continue;
      }
      this.#begun.delete(id);
      outgoing.push(...(await this.#asBegun(begun)));
    }
    return outgoing;
  }

  /** Forgets the segments that are done with. */
  async tidy(): Promise<void> {
    const done = this.#segments.filter(segment => segment.done);
    this.#segments = this.#segments.filter(segment => !done.includes(segment));
    await Promise.all(done.map(segment => segment.remove()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#segments.map(segment => segment.close()));
  }

  async #readChunk(segment: Segment, outgoing: Outgoing[]): Promise<void> {
    const start = segment.read;
    const bytes = await segment.bytes(
      start,
      Math.min(CHUNK_BYTES, segment.size - start),
    );
    let at = 0;
    for (
      let end = bytes.indexOf(NEW_LINE);
      end !== -1;
      end = bytes.indexOf(NEW_LINE, at)
    ) {
      const record = parseRecord(bytes.toString('utf8', at, end));
      if (record) {
        this.#take(record, segment, start + at, end - at, outgoing);
      }
      at = end + 1;
    }
    if (at > 0) {
      segment.read = start + at;
    } else {
      // The last line, cut off when its process was killed.
      segment.read =
        bytes.length < CHUNK_BYTES ? segment.size : start + bytes.length;
    }
  }

  #take(
    record: SpoolRecord,
    segment: Segment,
    position: number,
    length: number,
    outgoing: Outgoing[],
  ): void {
    if (record.kind === 'begun') {
      segment.unsettled++;
      this.#begun.set(record.id, { segment, position, length, at: Date.now() });
      return;
    }
    const begun = this.#begun.get(record.id);
    if (begun && record.event.sourceEventId === record.id) {
      // This record has all that the other one has.
      this.#begun.delete(record.id);
      begun.segment.unsettled--;
    }
    // Else it was sent as begun before its process was killed, and will be
    // again: it is overdue.
    outgoing.push(this.#outgoing(record, segment));
  }

  async #asBegun({ segment, position, length }: Begun): Promise<Outgoing[]> {
    const bytes = await segment.bytes(position, length);
    const record = parseRecord(bytes.toString('utf8'));
    segment.unsettled--;
    return record ? [this.#outgoing(record, segment)] : [];
  }

  #outgoing(record: SpoolRecord, segment: Segment): Outgoing {
    segment.unsettled++;
    this.#unsettled++;
    return {
      plugin: record.plugin,
      json: JSON.stringify(record.event),
      settle: () => {
        segment.unsettled--;
        this.#unsettled--;
      },
    };
  }
}

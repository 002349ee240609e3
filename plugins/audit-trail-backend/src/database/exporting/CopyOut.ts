import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * So much is read before others have their turn. Of a connection that always has
 * more, Node.js reads up to 32 times in a row, which would be some megabytes.
 */
const BYTES_A_TURN = 64 * 1024;

/**
 * From then on it gives way no more than for a turn, as its transaction is open
 * meanwhile.
 */
const GIVING_WAY_MS = 1_000;

/** Lets others have their turn; resolves when it is one's own again. */
export type GiveWay = () => Promise<void>;

/** What is used of a connection of the driver `pg`. */
interface DriverConnection {
  query(text: string): void;
  stream: Pick<Readable, 'pause' | 'resume'>;
}

/** What is used of a client of the driver `pg`. */
export interface DriverClient {
  query(submittable: CopyOut): unknown;
}

/**
 * `COPY … TO STDOUT` as the driver `pg` runs it: line by line.
 *
 * @remarks
 *
 * This is the driver's own interface for queries that are not its own. The
 * server sends each row as a message of its own, which the protocol promises, so
 * that rows can be told apart without a look into them. A package that makes a
 * stream of them loses where they end.
 *
 * However fast they come, whatever else the process has to do is done between
 * them.
 */
export class CopyOut {
  readonly #text: string;
  readonly #onLine: (line: Buffer) => void;
  readonly #others: GiveWay;
  #resolve!: () => void;
  #reject!: (error: Error) => void;
  #failure?: Error;
  #connection!: DriverConnection;
  #startedAt = 0;
  #bytesOfTurn = 0;
  readonly #done = new Promise<void>((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  /**
   * Runs a `COPY` on a connection; resolves when the last line has come. A line
   * is only there while `onLine` is called.
   */
  static async run(options: {
    client: DriverClient;
    giveWay: GiveWay;
    text: string;
    onLine: (line: Buffer) => void;
  }): Promise<void> {
    const copy = new CopyOut(options);
    options.client.query(copy);
    await copy.#done;
  }

  private constructor(options: Parameters<typeof CopyOut.run>[0]) {
    this.#text = options.text;
    this.#onLine = options.onLine;
    this.#others = options.giveWay;
  }

  submit(connection: DriverConnection): void {
    this.#connection = connection;
    this.#startedAt = Date.now();
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#giveWay(chunk.length);
    if (!this.#failure) {
      try {
        this.#onLine(chunk);
      } catch (error) {
        // The rest has to be read before the connection is of use again.
        this.#failure = error as Error;
      }
    }
  }

  /** Lets others have their turn once enough has been read. */
  #giveWay(bytes: number): void {
    const before = this.#bytesOfTurn;
    this.#bytesOfTurn += bytes;
    if (before < BYTES_A_TURN && this.#bytesOfTurn >= BYTES_A_TURN) {
      const { stream } = this.#connection;
      stream.pause();
      const isLate = Date.now() - this.#startedAt > GIVING_WAY_MS;
      (isLate ? nextTurn() : this.#others()).then(() => {
        this.#bytesOfTurn = 0;
        stream.resume();
      });
    }
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#failure) {
      this.#reject(this.#failure);
    } else {
      this.#resolve();
    }
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
}

import { open, rm, type FileHandle } from 'node:fs/promises';

/** One file of the spool, which is only appended to. */
export class Segment {
  /** Bytes that are written, up to the end of a whole line. */
  size: number;
  /** Bytes that are read. */
  read = 0;
  /** Events in it that have been read and not yet been stored. */
  unsettled = 0;
  readonly #file: FileHandle;
  readonly #path: string;
  #written: number;
  /** Whether nothing more is written to it. */
  closed: boolean;

  /** Begins a file, for its owner's eyes alone. */
  static async create(path: string): Promise<Segment> {
    return new Segment(path, await open(path, 'ax+', 0o600), 0, false);
  }

  /** Opens a file that another process has left. */
  static async openLeft(path: string): Promise<Segment> {
    const file = await open(path, 'r');
    const { size } = await file.stat();
    return new Segment(path, file, size, true);
  }

  private constructor(
    path: string,
    file: FileHandle,
    size: number,
    closed: boolean,
  ) {
    this.#path = path;
    this.#file = file;
    this.size = size;
    this.#written = size;
    this.closed = closed;
  }

  /** Whether nothing of it is needed any longer. */
  get done(): boolean {
    return this.closed && this.read >= this.size && this.unsettled === 0;
  }

  /** Appends; what is written is there even if the process is killed. */
  async append(bytes: Buffer): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      const { bytesWritten } = await this.#file.write(bytes, at);
      at += bytesWritten;
      this.#written += bytesWritten;
    }
    this.size = this.#written;
  }

  /** Makes what is written outlive the machine, too. */
  async sync(): Promise<void> {
    await this.#file.datasync();
  }

  /** Reads some of its bytes. */
  async bytes(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Removes it; another process may have done so before. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }
}

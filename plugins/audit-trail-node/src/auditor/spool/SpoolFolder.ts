import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ForwardedError } from '@backstage/errors';
import { hasEnded } from './lease';
import { Segment } from './Segment';
import { SpoolReader } from './SpoolReader';

const LEASE = '.lease';
const SEGMENT = /^([0-9a-f-]{36})\.(\d+)\.ndjson$/;

/** What another process has left. */
export interface LeftSpool {
  instance: string;
  reader: SpoolReader;
  /** Removes what is left of it. */
  remove(): Promise<void>;
}

/**
 * The folder of all spools of a portal on a machine: of each process a lease
 * and, numbered, its segments.
 */
export class SpoolFolder {
  readonly #path: string;

  /** @throws `Error` if the folder cannot be used */
  static async open(folder: string): Promise<SpoolFolder> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { uid, mode } = await stat(folder);
      const self = process.getuid?.();
      if (self !== undefined && uid !== self && self !== 0) {
        throw new Error('it belongs to another user');
      }
      if ((mode & 0o077) !== 0) {
        await chmod(folder, 0o700);
      }
      return new SpoolFolder(folder);
    } catch (error) {
      throw new ForwardedError(
        `auditTrail.auditor.spool.directory: "${folder}" cannot be used`,
        error,
      );
    }
  }

  private constructor(folder: string) {
    this.#path = folder;
  }

  newInstance(): string {
    return randomUUID();
  }

  leaseOf(instance: string): string {
    return path.join(this.#path, `${instance}${LEASE}`);
  }

  segmentOf(instance: string, number: number): string {
    return path.join(this.#path, `${instance}.${number}.ndjson`);
  }

  /** Spools of processes that have ended, but for some that are known. */
  async left(known: Set<string>): Promise<LeftSpool[]> {
    const names = await readdir(this.#path);
    const numbers = new Map<string, number[]>();
    for (const name of names) {
      const match = SEGMENT.exec(name);
      const instance = match?.[1] ?? name.replace(/\.lease$/, '');
      if ((match || name.endsWith(LEASE)) && !known.has(instance)) {
        const own = numbers.get(instance) ?? [];
        numbers.set(instance, match ? [...own, Number(match[2])] : own);
      }
    }
    const left: LeftSpool[] = [];
    for (const [instance, own] of numbers) {
      const lease = this.leaseOf(instance);
      // A lease is there before the first segment and until after the last.
      if (!names.includes(`${instance}${LEASE}`) || (await hasEnded(lease))) {
        left.push(await this.#openLeft(instance, own));
      }
    }
    return left;
  }

  async #openLeft(instance: string, numbers: number[]): Promise<LeftSpool> {
    const reader = new SpoolReader();
    for (const number of numbers.sort((a, b) => a - b)) {
      try {
        reader.add(await Segment.openLeft(this.segmentOf(instance, number)));
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOENT') {
          throw error;
        }
      }
    }
    return {
      instance,
      reader,
      remove: async () => {
        await reader.tidy();
        await rm(this.leaseOf(instance), { force: true });
      },
    };
  }
}

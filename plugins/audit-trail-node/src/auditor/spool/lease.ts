import { readFile, readlink, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A process that has not shown up for so long has ended. */
const STALE_MS = 30_000;

/** What tells processes on all machines that may share a folder apart. */
interface Holder {
  host: string;
  /** Where its id is good, as containers count for themselves. */
  space: string;
  pid: number;
}

async function holder(): Promise<Holder> {
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return { host: hostname(), space, pid: process.pid };
}

/** Says that this process uses files of the folder. */
export async function takeLease(path: string): Promise<void> {
  await writeFile(path, JSON.stringify(await holder()), {
    flag: 'wx',
    mode: 0o600,
  });
}

/**
 * Says that it still does.
 *
 * @returns `false` if another process took it for ended
 */
export async function renewLease(path: string): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Says that it no longer does. */
export async function endLease(path: string): Promise<void> {
  try {
    await utimes(path, 0, 0);
  } catch (error) {
    // Another process has done with what this one has left.
    if ((error as { code?: string }).code !== 'ENOENT') {
      throw error;
    }
  }
}

/** Whether the process of a lease has ended. */
export async function hasEnded(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (mtimeMs < Date.now() - STALE_MS) {
      return true;
    }
    const self = await holder();
    const other: Holder = JSON.parse(await readFile(path, 'utf8'));
    return (
      self.space !== '' &&
      other.host === self.host &&
      other.space === self.space &&
      other.pid !== self.pid &&
      !isRunning(other.pid)
    );
  } catch (error) {
    // Another process has done with it; or it was killed while it wrote it.
    return (error as { code?: string }).code !== 'ENOENT'
      ? error instanceof SyntaxError
      : false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH';
  }
}

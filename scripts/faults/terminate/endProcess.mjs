import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fromRoot } from '../../lib/paths.mjs';

const LOOK_MS = 10;
/** A process that takes longer is not waited for. */
const PATIENCE_MS = 60_000;

/** What makes a backend note the code that it ends with. */
export const exitEnvironment = file => ({
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(
    fromRoot('scripts', 'faults', 'terminate', 'noteExit.cjs'),
  )}`,
  NOTE_EXIT: file,
});

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Asks a process to end, and waits until it has.
 *
 * @returns how long it took, and its code: nothing if it did not end by itself
 */
export async function terminate(pid, file) {
  rmSync(file, { force: true });
  const started = performance.now();
  process.kill(pid, 'SIGTERM');
  while (isRunning(pid) && performance.now() - started < PATIENCE_MS) {
    await delay(LOOK_MS);
  }
  const ms = performance.now() - started;
  const ended = !isRunning(pid) && existsSync(file);
  return { ms, code: ended ? Number(readFileSync(file, 'utf8')) : undefined };
}

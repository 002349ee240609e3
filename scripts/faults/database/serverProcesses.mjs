import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Processes that a process has started, each by its number. */
async function childrenOf(parent) {
  const { stdout } = await promisify(execFile)('ps', [
    '-A',
    '-o',
    'pid=,ppid=',
  ]);
  return stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid);
}

/**
 * Sends a signal to a PostgreSQL and to all its processes. Each of these leads
 * a process group of its own, so no group has them all.
 *
 * @param {number} pid of the process that has started the others
 * @param {NodeJS.Signals} signal SIGKILL as a crash does, SIGSTOP and SIGCONT as
 *   a network that takes nothing for a while
 */
export async function signalServer(pid, signal) {
  const children = await childrenOf(pid);
  // The first one first, as it would see to it that a child that ends is
  // replaced.
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

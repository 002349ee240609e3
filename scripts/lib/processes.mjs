import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

const WINDOWS = process.platform === 'win32';
const GRACE_MS = 10_000;

/** Children that still run; none of them outlives this process. */
const children = new Set();

/**
 * Starts a command in a process group of its own, so that it can be ended
 * together with everything it started.
 */
export function start(
  command,
  args,
  { stopSignal = 'SIGTERM', ...options } = {},
) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !WINDOWS,
    windowsHide: true,
    ...options,
  });
  children.add(child);
  child.stopSignal = stopSignal;
  child.exited = new Promise(resolve => {
    child.once('error', error => {
      process.stderr.write(`Cannot run ${command}: ${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  }).finally(() => children.delete(child));
  return child;
}

/** Runs a command to its end; resolves to its exit code. */
export function run(command, args, options = {}) {
  return start(command, args, options).exited;
}

/** Runs a short command and returns what it prints, or undefined. */
export function output(command, args, options = {}) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    ...options,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function signalGroup(child, signal) {
  if (child.pid === undefined) {
    return;
  }
  if (WINDOWS) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** Ends a child and all that it started: politely first, then by force. */
export async function stop(child) {
  if (!children.has(child)) {
    return;
  }
  signalGroup(child, child.stopSignal);
  await Promise.race([child.exited, delay(GRACE_MS)]);
  signalGroup(child, 'SIGKILL');
  await child.exited;
}

export async function stopAll() {
  await Promise.all([...children].map(stop));
}

/**
 * On Ctrl-C and on being asked to end: runs the cleanup, ends all children and
 * then this process.
 */
export function onTermination(cleanup = async () => {}) {
  let ending = false;
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.on(signal, async () => {
      if (ending) {
        return;
      }
      ending = true;
      try {
        await stopAll();
        await cleanup();
      } finally {
        process.exit(128 + number);
      }
    });
  }
}

process.on('exit', () => {
  for (const child of children) {
    signalGroup(child, 'SIGKILL');
  }
});

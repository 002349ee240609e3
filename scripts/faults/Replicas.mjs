import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startBackend } from '../bench/backend.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { environmentOfLife } from './destinations.mjs';

/**
 * The backend's processes. Each is known by a letter; each of its lives, from
 * a start to a kill, by the letter and a number.
 */
export class Replicas {
  #options;
  #names;
  #lives = new Map();
  #running = new Map();
  /** Lives that were ended by SIGKILL. */
  killed = new Set();

  constructor(options) {
    this.#options = options;
    this.#names = options.names;
  }

  /** Addresses of those that run. */
  get urls() {
    return [...this.#running.values()].map(({ url }) => url);
  }

  async startAll() {
    for (const name of this.#names) {
      await this.#start(name);
    }
  }

  /** Kills a process as a crash does, and starts it again. */
  async crash(name) {
    const { life, backend } = this.#running.get(name);
    this.#running.delete(name);
    this.killed.add(life);
    process.kill(backend.pid, 'SIGKILL');
    await backend.stop();
    await this.#start(name);
  }

  /** Ends all processes as a deployment does. */
  async stopAll() {
    const running = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(running.map(({ backend }) => backend.stop()));
  }

  async #start(name) {
    const { tools, directory, env, receivers, batch, database } = this.#options;
    const number = (this.#lives.get(name) ?? 0) + 1;
    const life = `${name}-${number}`;
    const files = path.join(directory, life);
    mkdirSync(files);
    this.#lives.set(name, number);
    receivers.expect(life);
    const backend = await startBackend({
      tools: {
        ...tools,
        env: {
          ...tools.env,
          ...environmentOfLife({ life, receivers, batch, database }),
          ...env,
        },
      },
      postgres: { connectionString: database.connectionString },
      directory: files,
      catalogFile: database.catalogFile,
      // Of a destination of the benchmark, which is switched off.
      receiverUrl: receivers.webhooksUrl,
      trail: 'large',
      user: DEMO_USERS.owner,
      // Nobody asks here who owns what, and a process that is killed is to be
      // back soon.
      withoutCatalog: true,
    });
    this.#running.set(name, { life, url: backend.url, backend });
  }
}

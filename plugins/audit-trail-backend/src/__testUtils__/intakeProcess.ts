import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { dialectOf } from '../database/dialect';

/** What a process holds, and what it has stored. */
export interface Usage {
  residentBytes: number;
  /** Events and activities. */
  stored: number;
}

async function connectionOf(knex: Knex): Promise<object> {
  if (dialectOf(knex) !== 'postgres') {
    return {
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    };
  }
  const connection = await knex.client.acquireConnection();
  const { host, port, database, user, password } =
    connection.connectionParameters;
  await knex.client.releaseConnection(connection);
  return {
    client: 'pg',
    connection: { host, port, database, user, password },
  };
}

/** Backstage itself talks to whoever started a process, too. */
async function answerOf<T>(child: ChildProcess, kind: string): Promise<T> {
  for (;;) {
    const [message] = await once(child, 'message');
    if (message.kind === kind) {
      return message;
    }
  }
}

/** A backend in a process of its own, which takes events in. */
export class IntakeProcess {
  /** @param knex - its database; on SQLite it has one in memory like it */
  static async start(knex: Knex): Promise<IntakeProcess> {
    const child = fork(path.join(__dirname, 'takeIn.ts'), {
      execArgv: [
        ...['--expose-gc', '--require'],
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      env: {
        ...process.env,
        INTAKE_DATABASE: JSON.stringify(await connectionOf(knex)),
      },
    });
    const { port } = await answerOf<{ port: number }>(child, 'started');
    return new IntakeProcess(child, port);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** How long its threads have worked; undefined where nobody tells. */
  workedMs(): number | undefined {
    const threads = `/proc/${this.child.pid}/task`;
    if (!existsSync(threads)) {
      return undefined;
    }
    const nanoseconds = readdirSync(threads).map(thread =>
      Number(
        readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0],
      ),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1_000_000;
  }

  /** What it holds, after it has collected what is garbage. */
  async usage(): Promise<Usage> {
    const answer = answerOf<Usage>(this.child, 'usage');
    this.child.send({ kind: 'usage' });
    return answer;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

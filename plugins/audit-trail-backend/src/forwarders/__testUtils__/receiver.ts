import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

const RECEIVER = path.resolve(
  __dirname,
  '../../../../../examples/receiver/receiver.mjs',
);

/** Something that goes wrong; examples/receiver/faults.mjs says what. */
export interface ReceiverFault {
  do: 'status' | 'hang' | 'reset' | 'endless' | 'drip';
  status?: number;
  body?: string;
  retryAfter?: number | string;
  location?: string;
  path?: string;
  every?: number;
  times?: number;
  afterwards?: boolean;
}

/** A request that the receiver got. */
export interface ReceivedRequest {
  id: number;
  /** ISO 8601. */
  at: string;
  kind: 'slack' | 'webhook';
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The body, if it was JSON. */
  message?: any;
  /** Why Slack would refuse it. */
  problem?: string;
  /** Whom it would call in Slack. */
  mentions: string[];
  fault?: string;
  accepted: boolean;
  status?: number;
}

/** The receiver of `examples/receiver`, in a process of its own. */
export interface Receiver {
  url: string;
  /** What it got, oldest first. */
  received(): Promise<ReceivedRequest[]>;
  clear(): Promise<void>;
  setFaults(faults: ReceiverFault[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts a receiver on a free port. */
export async function startReceiver(
  options: { slackPerSecond?: number } = {},
): Promise<Receiver> {
  const child = fork(RECEIVER, {
    env: {
      ...process.env,
      RECEIVER_PORT: '0',
      RECEIVER_OPTIONS: JSON.stringify({ keep: 1_000_000, ...options }),
    },
    execArgv: [],
    silent: true,
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const ask = async (method: string, where: string, body?: unknown) => {
    // After seconds of work this process has yet to notice that a connection
    // that rested was closed.
    await nextTurn();
    const response = await fetch(`${url}${where}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${where} answered ${response.status}`);
    }
    return response;
  };
  return {
    url,
    async received() {
      const response = await ask('GET', '/received');
      return ((await response.json()) as { items: ReceivedRequest[] }).items;
    },
    async clear() {
      await ask('DELETE', '/received');
    },
    async setFaults(faults) {
      await ask('PUT', '/faults', faults);
    },
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { isExport } from '../service/exportRouter';
import { Foreground } from './Foreground';

describe('who makes a file', () => {
  let foreground: Foreground;
  let server: Server;
  let url: string;
  let answer: () => void;

  beforeEach(async () => {
    foreground = new Foreground(isExport);
    const app = express();
    app.use(foreground.watch);
    app.use((_request, response) => {
      answer = () => response.end('done');
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Time passes when a test says so; all else takes as long as it takes.
    jest.useFakeTimers({
      now: Date.now(),
      doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    server.closeAllConnections();
    server.close();
  });

  /** Begins a request that waits for its answer. */
  const begin = async (path: string, signal?: AbortSignal) => {
    const arrived = once(server, 'request');
    const answered = fetch(`${url}${path}`, { signal });
    answered.catch(() => {});
    await arrived;
    return { answered };
  };
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  /** Goes on when it may. */
  const goOn = () => {
    const state = { resumed: false, resuming: Promise.resolve() };
    state.resuming = foreground.giveWay().then(() => {
      state.resumed = true;
    });
    return state;
  };

  it('goes on while nobody waits, and while others make files', async () => {
    await expect(foreground.giveWay()).resolves.toBeUndefined();
    for (const path of [
      '/v1/events/export?format=json',
      '/V1/Events/export/',
    ]) {
      await begin(path);
      await expect(foreground.giveWay()).resolves.toBeUndefined();
    }
  });

  it('gives way to who waits, until they have their answer', async () => {
    const { answered } = await begin('/page');
    const state = goOn();
    await turns();
    expect(state.resumed).toBe(false);
    answer();
    await (await answered).text();
    await state.resuming;
    await foreground.giveWay();
  });

  it('gives way to who goes away without an answer, no longer', async () => {
    const leaving = new AbortController();
    await begin('/page', leaving.signal);
    const state = goOn();
    await turns();
    expect(state.resumed).toBe(false);
    leaving.abort();
    await state.resuming;
  });

  it('gives way to other things that are waited for, each until its end', async () => {
    const ends = [foreground.begin(), foreground.begin()];
    const state = goOn();
    ends[0]();
    // Once more is no end of the other one.
    ends[0]();
    await turns();
    expect(state.resumed).toBe(false);
    ends[1]();
    await state.resuming;
    await foreground.giveWay();
  });

  it('has its part of the time, however long others wait', async () => {
    await begin('/page');
    const first = goOn();
    await turns();
    jest.advanceTimersByTime(99);
    await turns();
    expect(first.resumed).toBe(false);
    jest.advanceTimersByTime(1);
    await first.resuming;
    // It went on a moment ago.
    await foreground.giveWay();
    jest.advanceTimersByTime(20);
    const second = goOn();
    await turns();
    expect(second.resumed).toBe(false);
    jest.advanceTimersByTime(100);
    await second.resuming;
  });
});

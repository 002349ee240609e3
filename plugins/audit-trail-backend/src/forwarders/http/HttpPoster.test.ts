import { gzipSync } from 'node:zlib';
import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import {
  closeReceivers,
  createPoster,
  deliver,
  rawReceiver,
  receiver,
} from './__testUtils__/deliver';
import type { Talk } from './__testUtils__/receiver';

const MAX_BYTES = 64 * 1024;
const NEVER = new AbortController().signal;

afterEach(closeReceivers);

describe('HttpPoster', () => {
  it('sends a POST and returns the answer', async () => {
    const { origin, requests } = await receiver((response, { body }) =>
      response.writeHead(202).end(`got ${body}`),
    );
    const answer = await createPoster().post({
      url: new URL(`${origin}/a/b?c=d`),
      headers: { 'content-type': 'application/json', 'x-a': 'b' },
      body: '["ü"]',
      signal: NEVER,
    });
    expect(answer).toMatchObject({
      origin,
      status: 202,
      body: 'got ["ü"]',
    });
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/a/b?c=d',
        headers: expect.objectContaining({
          host: origin.replace('http://', ''),
          'content-length': '6',
          'content-type': 'application/json',
          'user-agent': 'backstage-audit-trail',
          'x-a': 'b',
        }),
        body: '["ü"]',
      },
    ]);
  });

  it('keeps a connection for the next request', async () => {
    const { origin, connections } = await receiver(response => response.end());
    const poster = createPoster();
    for (let count = 0; count < 5; count++) {
      const post = { url: new URL(origin), headers: {}, body: '' };
      await poster.post({ ...post, signal: NEVER });
    }
    // While one is being given back the next request may open another.
    expect(connections()).toBeLessThanOrEqual(2);
  });

  it('hears that a body is too large while it sends it', async () => {
    const { origin } = await rawReceiver(socket => {
      socket.once('data', () =>
        socket.end(
          'HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
        ),
      );
    });
    const answer = await createPoster().post({
      url: new URL(origin),
      headers: {},
      body: 'x'.repeat(5_000_000),
      signal: NEVER,
    });
    expect(answer.status).toBe(413);
  });

  it.each<[string, Talk]>([
    ['hangs', () => {}],
    [
      'hangs in the headers',
      socket => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n'),
    ],
    [
      'hangs in the body',
      socket => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na'),
    ],
    [
      'drips headers',
      socket => {
        socket.write('HTTP/1.1 200 OK\r\nX: ');
        const timer = setInterval(() => socket.write('a'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'drips the body',
      socket => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n');
        const timer = setInterval(() => socket.write('a'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'drips chunks',
      socket => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        const timer = setInterval(() => socket.write('1\r\na\r\n'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'only ever gives early hints',
      socket => {
        const timer = setInterval(
          () => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'),
          10,
        );
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('a destination that %s times out', async (_, talk) => {
    let closed: Promise<unknown> | undefined;
    const { origin } = await rawReceiver(socket => {
      closed = new Promise(resolve => socket.on('close', resolve));
      talk(socket);
    });
    const error = await deliver(origin, { timeoutMs: 300 });
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error?.message).toBe(`${origin}: no complete answer within 0.3 s`);
    await closed;
  });

  it.each([200, 500])(
    'of an endless answer with %d, 64 KB are read',
    async status => {
      let closed: Promise<unknown> | undefined;
      const { origin } = await rawReceiver(socket => {
        closed = new Promise(resolve => socket.on('close', resolve));
        socket.write(`HTTP/1.1 ${status} Well\r\n\r\n`);
        const flood = () => {
          while (!socket.destroyed && socket.write('x'.repeat(10_000))) {
            // As much as it takes.
          }
        };
        socket.on('drain', flood);
        flood();
      });
      const answer = await createPoster().post({
        url: new URL(origin),
        headers: {},
        body: '',
        signal: NEVER,
      });
      expect(answer.status).toBe(status);
      expect(answer.body).toHaveLength(MAX_BYTES);
      expect(answer.excerpt).toHaveLength(200);
      await closed;
    },
  );

  it('endless headers are refused', async () => {
    let closed: Promise<unknown> | undefined;
    const { origin } = await rawReceiver(socket => {
      closed = new Promise(resolve => socket.on('close', resolve));
      socket.write('HTTP/1.1 200 OK\r\n');
      const flood = () => {
        while (
          !socket.destroyed &&
          socket.write(`X: ${'x'.repeat(1000)}\r\n`)
        ) {
          // As much as it takes.
        }
      };
      socket.on('drain', flood);
      flood();
    });
    expect((await deliver(origin))?.message).toBe(
      `${origin}: the connection failed (UND_ERR_HEADERS_OVERFLOW)`,
    );
    await closed;
  });

  it('a compressed answer is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const { origin } = await receiver(response =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const answer = await createPoster().post({
      url: new URL(origin),
      headers: {},
      body: '',
      signal: NEVER,
    });
    expect(answer.body.length).toBeLessThanOrEqual(bomb.length);
  });

  it.each<[string, RegExp, Talk]>([
    ['resets', /\(ECONNRESET\)$/, socket => socket.resetAndDestroy()],
    [
      'hangs up',
      /\(UND_ERR_SOCKET\)$/,
      socket => socket.once('data', () => socket.end()),
    ],
    [
      'speaks something else',
      /: the connection failed/,
      socket => socket.end('220 smtp\r\n'),
    ],
    [
      'breaks off in the body',
      /\(UND_ERR_\w+\)$/,
      socket =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf of it'),
    ],
  ])('a destination that %s is tried again', async (_, message, talk) => {
    const { origin } = await rawReceiver(talk);
    const error = await deliver(origin);
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error?.message).toMatch(message);
  });

  it('a destination that is away is tried again', async () => {
    const { origin, close } = await receiver(() => {});
    await close();
    const error = await deliver(origin);
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error?.message).toBe(
      `${origin}: the connection failed (ECONNREFUSED)`,
    );
  });

  it('a name that does not resolve is tried again', async () => {
    const unknown = Object.assign(new Error('secret.internal'), {
      code: 'EAI_AGAIN',
    });
    for (const [resolve, code] of [
      [async () => Promise.reject(unknown), 'EAI_AGAIN'],
      [async () => [], 'ENOTFOUND'],
    ] as const) {
      const error = await deliver('https://hooks.example.com', { resolve });
      expect(error).toBeInstanceOf(DeliveryRetryError);
      expect(error?.message).toBe(
        `https://hooks.example.com: the connection failed (${code})`,
      );
    }
  });

  describe('when the caller stops', () => {
    const STOPPED = /: stopped before there was an answer$/;

    it('nothing is sent if it did so before', async () => {
      const { origin, connections } = await receiver(response =>
        response.end(),
      );
      const error = await deliver(origin, { signal: AbortSignal.abort() });
      expect(error).toBeInstanceOf(DeliveryRetryError);
      expect(error?.message).toMatch(STOPPED);
      expect(connections()).toBe(0);
    });

    it('waits for no name', async () => {
      const controller = new AbortController();
      const error = await deliver('https://hooks.example.com', {
        signal: controller.signal,
        resolve: () => {
          controller.abort();
          return new Promise(() => {});
        },
      });
      expect(error?.message).toMatch(STOPPED);
    });

    it.each([
      ['headers', ''],
      ['body', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na'],
    ])('waits for no %s', async (_, start) => {
      const controller = new AbortController();
      let closed: Promise<unknown> | undefined;
      const { origin } = await rawReceiver(socket => {
        closed = new Promise(resolve => socket.on('close', resolve));
        socket.once('data', () => {
          socket.write(start, () => controller.abort(new Error('secret')));
        });
      });
      const error = await deliver(origin, { signal: controller.signal });
      expect(error).toBeInstanceOf(DeliveryRetryError);
      expect(error?.message).toMatch(STOPPED);
      await closed;
    });
  });

  it('a name that never resolves times out', async () => {
    const error = await deliver('https://hooks.example.com', {
      resolve: () => new Promise(() => {}),
      timeoutMs: 100,
    });
    expect(error?.message).toMatch(/: no complete answer within 0.1 s$/);
  });
});

import {
  startCanary,
  startReceiver,
  type Receiver,
} from './__testUtils__/receiver';
import { HttpPoster } from './HttpPoster';

const poster = HttpPoster.create({ allowPrivateAddresses: true });

const post = (url: string, headers: Record<string, string> = {}) =>
  poster.post({
    url: new URL(url),
    headers,
    body: '[]',
    signal: new AbortController().signal,
  });

// All of this machine is allowed here, so that nothing but the rule in question
// keeps a request away from the canary.
describe('requests stay where they were sent', () => {
  let canary: Receiver;

  beforeEach(async () => {
    canary = await startCanary();
  });
  afterEach(async () => {
    await canary.close();
  });

  describe.each([300, 301, 302, 303, 304, 305, 307, 308])(
    'a redirect with %d',
    status => {
      it.each([
        ...['http://127.0.0.1', 'https://127.0.0.1', '//127.0.0.1'],
        ...['http://localhost', 'http://0x7f000001', 'http://2130706433'],
        ...['http://127.1', 'http://0.0.0.0', 'http://[::1]'],
        ...['http://[::ffff:127.0.0.1]', 'http://user:pass@127.0.0.1'],
      ])('to %s is not followed', async target => {
        const receiver = await startReceiver(response =>
          response
            .writeHead(status, {
              location: `${target}:${canary.port}/`,
              refresh: `0; url=${target}:${canary.port}/`,
            })
            .end(),
        );
        const result = await post(receiver.origin);
        expect(result.status).toBe(status);
        expect(receiver.requests).toHaveLength(1);
        expect(canary.connections()).toBe(0);
        await receiver.close();
      });
    },
  );

  it('the canary sees a client that follows redirects', async () => {
    const receiver = await startReceiver(response =>
      response
        .writeHead(307, { location: `http://127.0.0.1:${canary.port}/` })
        .end(),
    );
    await expect(
      fetch(receiver.origin, { method: 'POST', body: '[]' }),
    ).rejects.toThrow();
    expect(canary.connections()).toBeGreaterThan(0);
    await receiver.close();
  });

  it('no proxy is taken from the environment', async () => {
    const receiver = await startReceiver(response => response.end());
    const proxy = `http://127.0.0.1:${canary.port}`;
    const names = [
      'http_proxy',
      'https_proxy',
      'all_proxy',
      'NODE_USE_ENV_PROXY',
    ];
    const before = { ...process.env };
    for (const name of names) {
      process.env[name] = proxy;
      process.env[name.toUpperCase()] = proxy;
    }
    try {
      expect((await post(receiver.origin)).status).toBe(200);
      expect(canary.connections()).toBe(0);
    } finally {
      process.env = before;
      await receiver.close();
    }
  });

  it('a line break in a header is not sent', async () => {
    const receiver = await startReceiver(response => response.end());
    const attempts: Record<string, string>[] = [
      { 'x-a': 'a\r\nhost: evil.example' },
      { 'x-a\r\nx-b': 'a' },
      { 'x-a': 'a\nb' },
      { 'x-a': 'a\0b' },
    ];
    for (const headers of attempts) {
      await expect(post(receiver.origin, headers)).rejects.toThrow(
        /the connection failed/,
      );
    }
    expect(receiver.requests).toHaveLength(0);
    await post(`${receiver.origin}/a%0d%0aX-B:%20b\r\nX-C: c`);
    expect(receiver.requests).toEqual([
      expect.objectContaining({ path: '/a%0d%0aX-B:%20bX-C:%20c' }),
    ]);
    await receiver.close();
  });
});

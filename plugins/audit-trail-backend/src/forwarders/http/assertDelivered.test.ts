import { inspect } from 'node:util';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import { closeReceivers, deliver, receiver } from './__testUtils__/deliver';
import type { Answer } from './__testUtils__/receiver';

afterEach(closeReceivers);

describe('assertDelivered', () => {
  const ERRORS = {
    'given up': DeliveryRejectedError,
    'switched off': DestinationGoneError,
    'tried again': DeliveryRetryError,
  };
  const statuses = (outcome: keyof typeof ERRORS, ...list: number[]) =>
    list.map(status => [status, outcome] as const);
  it.each([
    ...statuses('switched off', 401, 410),
    ...statuses('tried again', 300, 301, 302, 303, 304, 307, 308),
    ...statuses('tried again', 403, 404, 405, 407, 408, 415, 425, 429),
    ...statuses('tried again', 500, 501, 502, 503, 504, 599),
    ...statuses('given up', 400, 402, 406, 409, 411, 413, 414, 422, 431, 451),
  ])('after a %d it is %s', async (status, outcome) => {
    const { origin } = await receiver(response =>
      response.writeHead(status).end('no'),
    );
    const error = await deliver(origin);
    expect(error).toBeInstanceOf(ERRORS[outcome]);
    expect(error?.message).toContain(`${origin} answered ${status}`);
  });

  it.each([200, 201, 202, 204, 299])('a %d is a success', async status => {
    const { origin } = await receiver(response =>
      response.writeHead(status).end(),
    );
    expect(await deliver(origin)).toBeUndefined();
  });

  it('says that a redirect is not followed', async () => {
    const { origin, requests } = await receiver(response =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    expect((await deliver(origin))?.message).toBe(
      `${origin} answered 302, a redirect; redirects are not followed, so configure the address that it leads to`,
    );
    expect(requests).toHaveLength(1);
  });

  it.each([
    [429, '7', 7_000],
    [503, '0', 0],
    [503, '3600', 3_600_000],
    [429, '3601', 3_600_000],
    [429, '9'.repeat(40), 3_600_000],
    [429, 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    [429, 'Mon, 21 Oct 2115 07:28:00 GMT', 3_600_000],
    [429, 'Friday, 21-Oct-94 07:28:00 GMT', 0],
    [429, '-7', undefined],
    [429, '1.5', undefined],
    [429, '2100-10-21T07:28:00Z', undefined],
    [429, 'soon', undefined],
    [429, '', undefined],
  ])(
    'after a %d, Retry-After "%s" asks for %p ms',
    async (status, value, ms) => {
      const { origin } = await receiver(response =>
        response.writeHead(status, { 'retry-after': value }).end(),
      );
      expect((await deliver(origin))?.retryAfterMs).toBe(ms);
    },
  );

  it('reads an HTTP date as the time from now', async () => {
    const date = new Date(Date.now() + 30 * 60 * 1000);
    const { origin } = await receiver(response =>
      response.writeHead(503, { 'retry-after': date.toUTCString() }).end(),
    );
    const { retryAfterMs } = (await deliver(origin))!;
    expect(retryAfterMs).toBeGreaterThan(20 * 60 * 1000);
    expect(retryAfterMs).toBeLessThanOrEqual(30 * 60 * 1000);
  });

  describe('its message', () => {
    const SECRET_URL =
      'seCret-user:seCret-word@127.0.0.1/seCret-path-of-24-letters/x?key=seCret-query-parameter';
    const headers = {
      'content-type': 'application/json',
      authorization: 'Bearer seCret-token-4711',
      'x-api-key': 'k3y',
    };

    const answers: [string, Answer][] = [
      [
        'echoes the request',
        (response, { path, headers: sent }) =>
          response.writeHead(400).end(JSON.stringify({ path, sent })),
      ],
      [
        'echoes the parts of the request',
        (response, { path, headers: sent }) =>
          response
            .writeHead(422)
            .end(
              [
                ...path.split(/[/?=]/),
                ...Object.values(sent).flatMap(value =>
                  String(value).split(' '),
                ),
              ].join('|'),
            ),
      ],
      [
        'redirects to the request',
        (response, { path }) =>
          response.writeHead(302, { location: path }).end(path),
      ],
      ['fails', response => response.writeHead(500).end()],
      ['hangs', () => {}],
      ['resets', response => response.socket!.resetAndDestroy()],
    ];
    it.each(answers)(
      'tells no secret if the destination %s',
      async (_, answer) => {
        const { port } = await receiver(answer);
        const error = await deliver(
          `http://${SECRET_URL.replace('/', `:${port}/`)}`,
          { headers, timeoutMs: 300 },
        );
        expect(error?.message).toContain(`http://127.0.0.1:${port}`);
        const everything = `${inspect(error, { depth: 9, showHidden: true })}${
          error?.stack
        }`;
        expect(everything).not.toMatch(/seCret|k3y/);
      },
    );

    it.each([
      ['line breaks and NUL', 'a\r\nb\0c', 'a b c'],
      ['a forged line of a log', 'a\nINFO: all well', 'a INFO: all well'],
      ['colours', '\u001b[31mred\u001b[0m', 'red'],
      ['a link', '\u001b]8;;http://a.b\u0007link\u001b]8;;\u0007', 'link'],
      ['other line breaks', 'a\u2028b\u2029c\u0085d', 'a b c d'],
      ['directions', '\u202eabc\u2066d\u200be\ufeff', 'abcde'],
      ['blanks', '  \t\r\n ', ''],
      ['letters', 'ä€🔥', 'ä€🔥'],
      ['many characters', '🔥'.repeat(300), `${'🔥'.repeat(99)}…`],
      ['a long line', 'x'.repeat(201), `${'x'.repeat(199)}…`],
    ])('shows of %s what is printable', async (_, body, excerpt) => {
      const { origin } = await receiver(response =>
        response.writeHead(400).end(body),
      );
      const error = await deliver(origin);
      expect(error).toBeInstanceOf(DeliveryRejectedError);
      expect(error?.message).toBe(
        excerpt
          ? `${origin} answered 400: ${excerpt}`
          : `${origin} answered 400`,
      );
    });
  });
});

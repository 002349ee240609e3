import { request } from 'node:http';
import { HOSTILE_TEXTS } from './hostileTexts';
import { startReceiver, type Receiver } from './receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver({ slackPerSecond: 1 });
});
beforeEach(async () => {
  await receiver.clear();
  await receiver.setFaults([]);
});
afterAll(() => receiver.close());

let channels = 0;
/** Posts to a channel of its own, so that no limit of another counts. */
function post(body: string, where = `/slack/T/C${channels++}`) {
  return fetch(`${receiver.url}${where}`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
}

const section = { type: 'section', text: { type: 'plain_text', text: 'x' } };
const withText = (block: object, text: object) => ({
  blocks: [{ ...block, text: { type: 'plain_text', text: 'x', ...text } }],
});
const buttons = (...overrides: object[]) => ({
  blocks: [
    {
      type: 'actions',
      elements: overrides.map(one => ({
        type: 'button',
        text: { type: 'plain_text', text: 'x' },
        ...one,
      })),
    },
  ],
});
const button = (overrides: object) => buttons(overrides);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ action_id: `a${at}` }));

describe('as Slack', () => {
  it.each([
    ['{', 'invalid_payload'],
    ['[]', 'invalid_payload'],
    [{}, 'no_text'],
    [{ text: 5 }, 'invalid_payload'],
    [{ text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [{ blocks: Array(51).fill(section) }, 'invalid_blocks'],
    [
      {
        blocks: Array(30).fill(section),
        attachments: [{ blocks: Array(21).fill(section) }],
      },
      'invalid_blocks',
    ],
    [{ blocks: [{ type: 'constructor' }] }, 'invalid_blocks'],
    [{ blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    [withText({ type: 'section' }, { text: '' }), 'invalid_blocks'],
    [
      withText({ type: 'section' }, { text: 'x'.repeat(3001) }),
      'invalid_blocks',
    ],
    [withText({ type: 'section' }, { verbatim: true }), 'invalid_blocks'],
    [withText({ type: 'header' }, { text: 'x'.repeat(151) }), 'invalid_blocks'],
    [withText({ type: 'header' }, { type: 'mrkdwn' }), 'invalid_blocks'],
    [
      { blocks: [{ type: 'section', fields: Array(11).fill(section.text) }] },
      'invalid_blocks',
    ],
    [
      button({ text: { type: 'plain_text', text: 'x'.repeat(76) } }),
      'invalid_blocks',
    ],
    [
      button({ url: `https://x.example/${'x'.repeat(3000)}` }),
      'invalid_blocks',
    ],
    [button({ url: 'portal' }), 'invalid_blocks'],
    [button({ style: 'loud' }), 'invalid_blocks'],
    [button({ action_id: 'x'.repeat(256) }), 'invalid_blocks'],
    [button({ text: { type: 'mrkdwn', text: 'x' } }), 'invalid_blocks'],
    [buttons({ action_id: 'a' }, { action_id: 'a' }), 'invalid_blocks'],
    [buttons(...numbered(26)), 'invalid_blocks'],
    [buttons(), 'invalid_blocks'],
    [{ attachments: Array(101).fill({ text: 'x' }) }, 'too_many_attachments'],
  ])('refuses %.100j', async (message, code) => {
    const response = await post(
      typeof message === 'string' ? message : JSON.stringify(message),
    );
    expect([response.status, await response.text()]).toEqual([400, code]);
    expect((await receiver.received())[0].accepted).toBe(false);
  });

  it.each([
    { text: 'x' },
    { blocks: Array(50).fill(section) },
    { attachments: [{ color: '#d32f2f', blocks: [section] }] },
    withText({ type: 'header' }, { text: 'x'.repeat(150) }),
    button({ url: 'https://x.example/' }),
    buttons(...numbered(25)),
    { attachments: [buttons({ url: 'https://x.example/', style: 'danger' })] },
  ])('takes %.100j', async message => {
    const response = await post(JSON.stringify(message));
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it('tells whom a message would call', async () => {
    await post(
      JSON.stringify({
        text: '<!channel> <!date^1^{date}|x> <https://x.example|x> &lt;!here&gt;',
        attachments: [{ text: 'and <@U1>' }],
      }),
    );
    expect((await receiver.received())[0].mentions).toEqual([
      '<!channel>',
      '<@U1>',
    ]);
  });

  it('takes a message a second in a channel, after a short burst', async () => {
    const answers = [];
    for (let at = 0; at < 3; at++) {
      answers.push(await post('{"text":"x"}', '/slack/T/full'));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2].headers.get('Retry-After')).toBe('1');
    expect((await post('{"text":"x"}')).status).toBe(200);
  });
});

describe('with faults', () => {
  const statuses = async (count: number) => {
    const found = [];
    for (let at = 0; at < count; at++) {
      found.push((await post('{}', '/webhook/x')).status);
    }
    return found;
  };

  it('fails as often as it is asked to', async () => {
    await receiver.setFaults([
      { do: 'status', path: '/webhook/', every: 3, times: 2 },
    ]);
    expect(await statuses(9)).toEqual([
      200, 200, 503, 200, 200, 503, 200, 200, 200,
    ]);
    const received = await receiver.received();
    expect(received.filter(({ accepted }) => accepted)).toHaveLength(7);
    expect((await post('{"text":"x"}')).status).toBe(200);
  });

  it('answers what it is asked to', async () => {
    await receiver.setFaults([
      {
        do: 'status',
        status: 429,
        retryAfter: 7,
        body: 'rate_limited',
        location: '/elsewhere',
      },
    ]);
    const response = await post('{}', '/webhook/x');
    expect(response.status).toBe(429);
    expect(response.headers.get('Retry-After')).toBe('7');
    expect(response.headers.get('Location')).toBe('/elsewhere');
    expect(await response.text()).toBe('rate_limited');
  });

  it('resets after it took a delivery, so that nobody knows', async () => {
    await receiver.setFaults([{ do: 'reset', afterwards: true }]);
    await expect(post('{}', '/webhook/x')).rejects.toThrow();
    expect(await receiver.received()).toEqual([
      expect.objectContaining({ accepted: true, fault: 'reset' }),
    ]);
  });

  it.each(['endless', 'drip'] as const)('never ends: %s', async action => {
    const response = await post('{}', `/webhook/x?fault=${action}`);
    const reader = response.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
  });

  it('hangs', async () => {
    const controller = new AbortController();
    const hanging = fetch(`${receiver.url}/webhook/x?fault=hang`, {
      method: 'POST',
      body: '{}',
      signal: controller.signal,
    });
    // Another answer, so that the first was there to be given.
    await post('{}', '/webhook/y');
    controller.abort();
    await expect(hanging).rejects.toThrow(/aborted/);
  });
});

describe('its page', () => {
  it('shows what arrived as text, whatever it is', async () => {
    for (const text of HOSTILE_TEXTS) {
      await post(text, '/webhook/x');
      await post(
        JSON.stringify({ text, attachments: [{ color: text, text }] }),
      );
    }
    const response = await fetch(receiver.url);
    expect(response.headers.get('Content-Security-Policy')).toContain(
      "default-src 'none'",
    );
    const html = await response.text();
    const [, list] = /<main[^>]*>(.*)<\/main>/s.exec(html)!;
    const tags = new Set(list.match(/<[a-z]+/g));
    expect([...tags].sort()).toEqual(
      expect.arrayContaining(['<article', '<details', '<mark', '<pre']),
    );
    for (const tag of ['<script', '<img', '<style', '<iframe']) {
      expect(tags).not.toContain(tag);
    }
    expect(list).not.toMatch(/<[^>]* (on\w+|style)=/);
    expect(list).not.toMatch(/href="(?!https?:)/);
  });

  it('shows buttons as links to where they lead', async () => {
    await post(
      JSON.stringify({
        attachments: [
          buttons(
            {
              text: { type: 'plain_text', text: 'Open <in> portal' },
              url: 'https://portal.example/?a=1&b=2',
            },
            {
              text: { type: 'plain_text', text: 'Evil' },
              url: ['javascript', 'x'].join(':'),
            },
          ),
        ],
      }),
    );
    const html = await (await fetch(receiver.url)).text();
    expect(html).toMatch(
      /<a [^>]*href="https:\/\/portal\.example\/\?a=1&amp;b=2"[^>]*>Open &lt;in&gt; portal<\/a>/,
    );
    expect(html).not.toContain('href="javascript:');
  });

  it('is for this machine only', async () => {
    // fetch would set the Host header by itself.
    const status = await new Promise(resolve => {
      request(`${receiver.url}/received`, {
        headers: { host: 'evil.example' },
      })
        .on('response', response => resolve(response.resume().statusCode))
        .end();
    });
    expect(status).toBe(403);
  });
});

import { auditEvent, seededRandom } from '../../__testUtils__/events';
import { buttonsOf, linesOf, PORTAL, TestSlack } from './__testUtils__/slack';
import type { SlackMessage } from './SlackMessage';

jest.setTimeout(60_000);

let slack: TestSlack;
let withoutButtons: TestSlack;
beforeAll(async () => {
  slack = await TestSlack.start();
  withoutButtons = await TestSlack.start({ links: 'text' });
});
afterAll(() =>
  Promise.all([slack.receiver.close(), withoutButtons.receiver.close()]),
);

/** How many events a digest says there are, each time it says so. */
function countsOf(message: SlackMessage) {
  const lines = linesOf(message);
  const number = (text = '0') => Number(text.replaceAll(',', ''));
  const all = lines.flatMap(line => line.split('\n'));
  const sum = (pattern: RegExp) =>
    all.reduce((total, line) => total + number(pattern.exec(line)?.[1]), 0);
  return {
    total: sum(/^(?:⚠ )?([\d,]+) audit events?/),
    harmful: sum(/, ([\d,]+) of them harmful$/),
    activities: sum(/^(?:⚠ )?([\d,]+) (?:× |(?:harmful )?of \d+ other)/),
    harmfulActivities: sum(/^⚠ ([\d,]+) (?:× Harmful: |harmful of \d+ other)/),
    shown: lines.filter(line => / · {2}<[^>]+\|Open in portal>$/.test(line))
      .length,
    more: sum(/^\*and ([\d,]+) more\*/),
  };
}

describe('a message about one event', () => {
  it('tells what, who, which resource and when, and leads to the portal', async () => {
    const event = auditEvent({
      type: 'Warehouse Disabled',
      occurredAt: '2026-11-22T13:03:11.250Z',
      actor: { type: 'user', id: 'u1', name: 'Jo', email: 'jo@example.com' },
      resource: { key: 'segment:warehouse:w1', name: 'orders & more' },
    });
    const message = await slack.messageOf([event]);

    expect(message.text).toBe(
      '⚠ Harmful: Warehouses Disabled: orders &amp; more was disabled by Jo',
    );
    expect(linesOf(message)).toEqual([
      '⚠ Harmful: Warehouses Disabled',
      'orders & more was disabled by Jo',
      '*Who*',
      'Jo (jo@example.com)',
      '*Resource*',
      'warehouse orders & more',
      '*When*',
      '<!date^1795352591^{date_short_pretty} {time_secs}|2026-11-22 13:03:11 UTC>',
      '*Where*',
      'Warehouses, workspace ws1',
      'Open in portal',
      'Open in Segment',
    ]);
    expect(buttonsOf(message)).toMatchObject([
      { url: `${PORTAL}/events/${event.id}`, action_id: 'open-in-portal' },
      {
        url: 'https://app.segment.com/goto-my-workspace/warehouses/w1/overview',
        action_id: 'open-in-segment',
      },
    ]);
    expect(message.attachments[0].color).toBe('#d32f2f');
    expect(message.unfurl_links).toBe(false);
  });

  it('is not alarming about what is not harmful, and tells a failure', async () => {
    const message = await slack.messageOf([
      auditEvent({
        type: 'Source Modified',
        actor: { type: 'access-token', id: 't1', name: 'deploy-bot' },
        resource: { key: 'segment:source:s1' },
        outcome: 'failed',
      }),
    ]);
    expect(linesOf(message)).toEqual(
      expect.arrayContaining([
        'Source Modified',
        'Source Modified on source s1 by deploy-bot failed',
        'deploy-bot (access token)',
        'source s1',
        'failed',
      ]),
    );
    expect(JSON.stringify(message)).not.toMatch(/harmful|⚠|#d32f2f/i);
  });

  it('has links instead of buttons if asked to', async () => {
    const event = auditEvent();
    const message = await withoutButtons.messageOf([event]);
    expect(buttonsOf(message)).toEqual([]);
    expect(linesOf(message).at(-1)).toBe(
      `<${PORTAL}/events/${event.id}|Open in portal>  ·  <https://app.segment.com/goto-my-workspace/warehouses/w1/overview|Open in Segment>`,
    );
  });

  it('leads to Segment only where the event comes from there', async () => {
    const event = { ...auditEvent(), source: 'deploys' };
    const message = await slack.messageOf([event]);
    expect(buttonsOf(message).map(({ text }) => text.text)).toEqual([
      'Open in portal',
    ]);
  });

  it('says so if it is a test', async () => {
    const message = await slack.messageOf([auditEvent()], true);
    expect(linesOf(message).slice(0, 2)).toEqual([
      '⚠ Test: Harmful: Warehouses Disabled',
      'This is a test from the Audit Trail. What it tells of never happened.',
    ]);
    expect(
      await slack.forwarder.test!({
        signal: new AbortController().signal,
      }),
    ).toEqual({
      proves: [expect.stringContaining('took a message')],
      doesNotProve: expect.arrayContaining([expect.any(String)]),
    });
  });
});

describe('a digest', () => {
  it('tells of two events what there is to tell', async () => {
    const [first, second] = [
      auditEvent({
        type: 'Source Modified',
        occurredAt: '2026-11-22T13:00:00Z',
        resource: { key: 'segment:source:s1', name: 'web' },
      }),
      auditEvent({
        type: 'Warehouse Deleted',
        occurredAt: '2026-11-22T13:03:11Z',
      }),
    ];
    const message = await slack.messageOf([first, second]);
    const date = (seconds: number, utc: string) =>
      `<!date^${seconds}^{date_short_pretty} {time_secs}|2026-11-22 ${utc} UTC>`;

    expect(message.text).toBe(
      '⚠ 2 audit events, 1 of them harmful, 2026-11-22 13:00:00 UTC to 2026-11-22 13:03:11 UTC',
    );
    expect(linesOf(message)).toEqual([
      '⚠ 2 audit events, 1 of them harmful',
      `${date(1795352400, '13:00:00')} to ${date(1795352591, '13:03:11')}`,
      '⚠ 1 × Harmful: Warehouses Deleted\n1 × Source Modified',
      '*Harmful: 1*',
      '⚠ Warehouses Deleted: warehouse orders, by Jo Miller',
      `${date(1795352591, '13:03:11')}  ·  <${PORTAL}/events/${
        second.id
      }|Open in portal>`,
      '*Others: 1*',
      'Source Modified: source web, by Jo Miller',
      `${date(1795352400, '13:00:00')}  ·  <${PORTAL}/events/${
        first.id
      }|Open in portal>`,
      'Open all of this time in the portal',
    ]);
    const url = `${PORTAL}?from=2026-11-22T13%3A00%3A00.000Z&to=2026-11-22T13%3A03%3A11.000Z`;
    expect(buttonsOf(message).map(button => button.url)).toEqual([url]);
    expect(
      linesOf(await withoutButtons.messageOf([first, second])).at(-1),
    ).toBe(`<${url}|Open all of this time in the portal>`);
  });

  it('loses no event of a burst of 10,000, and stays within the limits', async () => {
    const random = seededRandom(7);
    const types = [
      ...['Source Modified', 'Source Run Failed', 'Warehouse Disabled'],
      ...Array.from({ length: 30 }, (_, at) => `Custom Thing${at} Changed`),
    ];
    const events = Array.from({ length: 10_000 }, (_, at) =>
      auditEvent({
        type: types[Math.floor(random() ** 2 * types.length)],
        resource: { key: `segment:source:s${at}`, name: `source ${at}` },
      }),
    );
    const { maxEvents } = slack.forwarder.limits;
    await slack.receiver.clear();
    for (let at = 0; at < events.length; at += maxEvents) {
      await slack.forward(events.slice(at, at + maxEvents));
    }

    const received = await slack.receiver.received();
    expect(received.map(({ accepted }) => accepted)).toEqual(
      Array(10).fill(true),
    );
    const counts = received.map(({ message }) => countsOf(message));
    for (const count of counts) {
      const { total, harmful, shown, more } = count;
      expect({ ...count, told: shown + more }).toMatchObject({
        activities: total,
        harmfulActivities: harmful,
        told: total,
      });
    }
    const sum = (name: 'total' | 'harmful') =>
      counts.reduce((all, count) => all + count[name], 0);
    expect(sum('total')).toBe(10_000);
    expect(sum('harmful')).toBe(events.filter(event => event.harmful).length);
    expect(counts.every(({ shown }) => shown === 15)).toBe(true);
    expect(Math.max(...received.map(({ body }) => body.length))).toBeLessThan(
      16_000,
    );
  });

  it('asks for no more than a message a second', () => {
    expect(slack.forwarder.limits).toEqual({
      maxEvents: 1000,
      minIntervalMs: 1000,
    });
  });
});

import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { auditEvent } from '../../__testUtils__/events';
import {
  HOSTILE_TEXTS,
  hostileTexts,
  UNSHOWABLE,
} from '../__testUtils__/hostileTexts';
import { linesOf, TestSlack, textObjects } from './__testUtils__/slack';

jest.setTimeout(60_000);

let slack: TestSlack;
beforeAll(async () => {
  slack = await TestSlack.start();
});
afterAll(() => slack.receiver.close());

describe('texts that others wrote', () => {
  const eventOf = (text: string): AuditEvent => ({
    ...auditEvent({ type: 'Source Modified' }),
    label: text,
    type: text,
    category: text,
    workspace: text,
    actor: { type: 'user', id: text, name: text, email: text },
    resource: { key: 'segment:source:s1', type: text, id: text, name: text },
  });

  /** What Slack would not show letter by letter, or read as marks. */
  async function faultsOf(events: AuditEvent[]): Promise<string[]> {
    const message = await slack.messageOf(events);
    const objects = textObjects(message);
    return [
      ...[message.text, ...objects.map(({ text }) => text)].filter(text =>
        UNSHOWABLE.test(text),
      ),
      ...objects.flatMap(({ type, text }) => {
        const marks = text.match(/<[^>]*>/g) ?? [];
        return type === 'plain_text'
          ? [...marks, ...(text.match(/&(?!(amp|lt|gt);)/g) ?? [])]
          : // Our own words only: ways to the portal, and times.
            [
              ...marks.filter(
                mark => !/^<(https:\/\/portal|!date\^\d)/.test(mark),
              ),
              ...(text.match(/evil/g) ?? []),
            ];
      }),
    ];
  }

  it.each(HOSTILE_TEXTS.map(text => [text.slice(0, 60), text]))(
    'stay texts: %j',
    async (_, text) => {
      const event = eventOf(text);
      expect(await faultsOf([event])).toEqual([]);
      expect(await faultsOf([event, { ...event, harmful: true }])).toEqual([]);
    },
  );

  it('stay texts in any combination', async () => {
    const texts = hostileTexts(300);
    for (let at = 0; at < texts.length; at += 20) {
      const events = texts.slice(at, at + 20).map(eventOf);
      expect(await faultsOf(events)).toEqual([]);
      expect(await faultsOf(events.slice(0, 1))).toEqual([]);
    }
  });

  it('are shown letter by letter, and end with an ellipsis if cut', async () => {
    const name = '<b>*R&D*</b> `x` <!channel>';
    const [, sentence] = linesOf(
      await slack.messageOf([
        auditEvent({ resource: { key: 'segment:warehouse:w1', name } }),
      ]),
    );
    expect(sentence).toBe(`${name} was disabled by Jo Miller`);

    const long = await slack.messageOf([eventOf('&'.repeat(100_000))]);
    const [title] = textObjects(long);
    expect(title.text.length).toBeLessThanOrEqual(150);
    expect(title.text).toMatch(/^(&amp;)+…$/);
  });

  it('say that they are blank if there is nothing to see', async () => {
    expect(linesOf(await slack.messageOf([eventOf('\u200b \n')]))[0]).toBe(
      '(blank)',
    );
  });
});

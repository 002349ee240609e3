import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import { auditEvent } from '../../__testUtils__/events';
import { createSlackForwarder, TestSlack } from './__testUtils__/slack';

jest.setTimeout(60_000);

let slack: TestSlack;
beforeAll(async () => {
  slack = await TestSlack.start();
});
beforeEach(() => slack.receiver.setFaults([]));
afterAll(() => slack.receiver.close());

describe('what Slack answers', () => {
  const answers: [number, string, new (...args: any[]) => Error][] = [
    [400, 'invalid_payload', DeliveryRejectedError],
    [400, 'invalid_blocks', DeliveryRejectedError],
    [400, 'no_text', DeliveryRejectedError],
    [400, 'user_not_found', DestinationGoneError],
    [403, 'action_prohibited', DestinationGoneError],
    [403, 'invalid_token', DestinationGoneError],
    [404, 'channel_not_found', DestinationGoneError],
    [404, 'no_service', DestinationGoneError],
    [404, 'no_team', DestinationGoneError],
    [404, 'something else', DeliveryRetryError],
    [410, 'channel_is_archived', DestinationGoneError],
    [500, 'rollup_error', DeliveryRetryError],
    [503, '', DeliveryRetryError],
    [302, '', DeliveryRetryError],
  ];

  it.each(answers)('%s %s', async (status, body, expected) => {
    await slack.receiver.setFaults([{ do: 'status', status, body }]);
    const error = await slack.forward([auditEvent()]).catch(thrown => thrown);
    expect(error).toBeInstanceOf(expected);
    expect(error.message).toContain(String(status));
    expect(error.message).not.toContain('secret');
  });

  it('429 says when to come again', async () => {
    await slack.receiver.setFaults([
      { do: 'status', status: 429, body: 'rate_limited', retryAfter: 30 },
    ]);
    await expect(slack.forward([auditEvent()])).rejects.toMatchObject({
      name: 'DeliveryRetryError',
      retryAfterMs: 30_000,
    });
  });

  it('is waited for no longer than the engine waits', async () => {
    await slack.receiver.setFaults([{ do: 'hang' }]);
    const controller = new AbortController();
    const forwarding = slack.forward([auditEvent()], controller);
    controller.abort();
    await expect(forwarding).rejects.toBeInstanceOf(DeliveryRetryError);
  });

  it('is told from a connection that is reset', async () => {
    await slack.receiver.setFaults([{ do: 'reset' }]);
    await expect(slack.forward([auditEvent()])).rejects.toBeInstanceOf(
      DeliveryRetryError,
    );
  });
});

describe('app-config', () => {
  it.each([
    'https://hooks.slack.com/services/T024/B042/secret',
    'https://hooks.slack-gov.com/services/T024/B042/secret',
  ])('takes %s', webhookUrl => {
    expect(
      createSlackForwarder({ webhookUrl, maxEvents: '50' }).limits,
    ).toEqual({
      maxEvents: 50,
      minIntervalMs: 1000,
    });
  });

  it.each([
    ['http://hooks.slack.com/services/secret', 'webhookUrl'],
    ['https://hooks.slack.com.evil.example/services/secret', 'webhookUrl'],
    ['https://secret@hooks.slack.com/services/x', 'webhookUrl'],
    ['https://evil.example/services/secret', 'webhookUrl'],
    ['http://127.0.0.1:1/secret', 'webhookUrl'],
    ['secret', 'webhookUrl'],
  ])('refuses %s and does not tell it', (webhookUrl, key) => {
    const wrong = () => createSlackForwarder({ webhookUrl });
    expect(wrong).toThrow(
      `auditTrail.forwarding.destinations.slack-data.${key}: `,
    );
    expect(wrong).not.toThrow(/secret/);
  });

  it.each([
    [{ maxEvents: 0 }, 'maxEvents'],
    [{ maxEvents: 1.5 }, 'maxEvents'],
    [{ minIntervalMs: -1 }, 'minIntervalMs'],
    [{ links: 'none' }, 'links'],
  ])('refuses %j', (config, key) => {
    expect(() =>
      createSlackForwarder({
        webhookUrl: 'https://hooks.slack.com/services/x',
        ...config,
      }),
    ).toThrow(`auditTrail.forwarding.destinations.slack-data.${key}: `);
  });
});

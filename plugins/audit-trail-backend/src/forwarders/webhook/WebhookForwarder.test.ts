import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRetryError,
  DestinationGoneError,
} from 'backstage-plugin-audit-trail-node';
import { HTTP, type CloudEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { auditEvent } from '../../__testUtils__/events';
import {
  startReceiver,
  type Answer,
  type ReceivedRequest,
  type Receiver,
} from '../http/__testUtils__/receiver';
import { createWebhookForwarderFactory } from './createWebhookForwarderFactory';

const secretOf = (byte: number) =>
  `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const SECRET = secretOf(1);
const signal = new AbortController().signal;
const eventUrl = (id: string) =>
  `https://portal.example.com/audit-trail/events/${id}`;

const events = [
  auditEvent(),
  auditEvent({ details: { note: 'ü 🔥 \u2028 "\r\n' } }),
  auditEvent({ type: 'Label Created', resource: { key: 'segment:label:l1' } }),
];

describe('WebhookForwarder', () => {
  let receiver: Receiver;
  let answer: Answer;

  beforeEach(async () => {
    answer = response => response.writeHead(204).end();
    receiver = await startReceiver((...args) => answer(...args));
  });
  afterEach(() => receiver.close());

  function createForwarder(
    settings: JsonObject = {},
    destinationId = 'archive',
  ) {
    return createWebhookForwarderFactory({
      allowedHosts: ['127.0.0.1'],
    }).create({
      destinationId,
      config: new ConfigReader({
        type: 'webhook',
        url: `${receiver.origin}/audit?key=1`,
        secrets: [SECRET],
        allowPrivateAddresses: true,
        ...settings,
      }),
      logger: mockServices.logger.mock(),
      eventUrl,
    });
  }

  /** Forwards events, and returns what arrived. */
  async function forward(
    settings?: JsonObject,
    options: {
      test?: boolean;
      batch?: AuditEvent[];
      destinationId?: string;
    } = {},
  ): Promise<ReceivedRequest> {
    const { test, batch = events, destinationId } = options;
    await createForwarder(settings, destinationId).forward({
      events: batch,
      test,
      signal,
    });
    return receiver.requests.at(-1)!;
  }

  const verify = (
    { body, headers }: ReceivedRequest,
    secret: string,
    changes: { body?: string; headers?: Record<string, string> } = {},
  ) =>
    new Webhook(secret).verify(changes.body ?? body, {
      ...(headers as Record<string, string>),
      ...changes.headers,
    });

  describe('signs as Standard Webhooks specifies', () => {
    it.each(['json', 'cloudevents'])('%s', async format => {
      const request = await forward({ format });
      expect(verify(request, SECRET)).toEqual(JSON.parse(request.body));
    });

    it('ndjson', async () => {
      const { body, headers } = await forward({ format: 'ndjson' });
      expect(() =>
        new Webhook(SECRET).verify(body, headers as Record<string, string>, {
          jsonParse: false,
        }),
      ).not.toThrow();
    });

    it('so that a changed body, id or timestamp does not pass', async () => {
      const request = await forward();
      const id = String(request.headers['webhook-id']);
      const timestamp = Number(request.headers['webhook-timestamp']);
      const attempts: Parameters<typeof verify>[2][] = [
        { body: request.body.replace('orders', 'Orders') },
        { body: `${request.body} ` },
        { body: request.body.slice(0, -1) },
        { headers: { 'webhook-id': `${id}0` } },
        { headers: { 'webhook-id': id.replace('msg_', 'msg-') } },
        { headers: { 'webhook-timestamp': String(timestamp + 1) } },
        { headers: { 'webhook-timestamp': String(timestamp - 1) } },
        { headers: { 'webhook-signature': 'v1,AAAA' } },
      ];
      for (const changes of attempts) {
        expect(() => verify(request, SECRET, changes)).toThrow(
          'No matching signature found',
        );
      }
      expect(() => verify(request, secretOf(2))).toThrow(
        'No matching signature found',
      );
      expect(() => verify(request, SECRET)).not.toThrow();
    });

    it('so that an old message does not pass', async () => {
      const request = await forward();
      jest.useFakeTimers({
        now: Date.now() + 6 * 60_000,
        doNotFake: ['nextTick'],
      });
      try {
        expect(() => verify(request, SECRET)).toThrow(
          'Message timestamp too old',
        );
      } finally {
        jest.useRealTimers();
      }
    });

    it('with each of two secrets in rotation', async () => {
      const request = await forward({ secrets: [secretOf(2), SECRET] });
      expect(
        String(request.headers['webhook-signature']).split(' '),
      ).toHaveLength(2);
      expect(() => verify(request, SECRET)).not.toThrow();
      expect(() => verify(request, secretOf(2))).not.toThrow();
      expect(() => verify(request, secretOf(3))).toThrow(
        'No matching signature found',
      );
    });
  });

  it('gives the same events the same id at one destination', async () => {
    const idOf = async (...args: Parameters<typeof forward>) =>
      (await forward(...args)).headers['webhook-id'];
    const id = await idOf();
    expect(id).toMatch(/^msg_[\da-f]{32}$/);
    expect(await idOf()).toBe(id);
    expect(await idOf({ secrets: [secretOf(2)] })).toBe(id);
    expect(await idOf({}, { destinationId: 'other' })).not.toBe(id);
    expect(await idOf({}, { batch: events.slice(1) })).not.toBe(id);
  });

  describe.each([true, false])('with test: %p', test => {
    const mark = test ? { test: true } : {};
    const sent = events.map(event => ({
      ...event,
      url: eventUrl(event.id),
      ...mark,
    }));

    it('sends JSON as an array', async () => {
      const { method, path, headers, body } = await forward({}, { test });
      expect({ method, path }).toEqual({
        method: 'POST',
        path: '/audit?key=1',
      });
      expect(headers['content-type']).toBe('application/json');
      expect(headers['audit-trail-test']).toBe(test ? 'true' : undefined);
      expect(JSON.parse(body)).toEqual(sent);
    });

    it('sends NDJSON with an event a line', async () => {
      const { headers, body } = await forward({ format: 'ndjson' }, { test });
      expect(headers['content-type']).toBe('application/x-ndjson');
      const lines = body.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map(line => JSON.parse(line))).toEqual(sent);
    });

    it('sends a batch of CloudEvents', async () => {
      const { headers, body } = await forward(
        { format: 'cloudevents' },
        { test },
      );
      expect(headers['content-type']).toBe(
        'application/cloudevents-batch+json',
      );
      const read = HTTP.toEvent<AuditEvent>({
        headers,
        body,
      }) as CloudEvent<AuditEvent>[];
      expect(read).toHaveLength(events.length);
      read.forEach((cloudEvent, index) => {
        expect(cloudEvent.validate()).toBe(true);
        expect(cloudEvent.toJSON()).toEqual({
          specversion: '1.0',
          id: events[index].id,
          source: 'https://portal.example.com/audit-trail/segment',
          type: `io.backstage.audit-trail.${events[index].type}`,
          subject: events[index].resource.key,
          time: events[index].occurredAt,
          datacontenttype: 'application/json',
          ...mark,
          data: sent[index],
        });
      });
    });
  });

  it('sends the headers of app-config', async () => {
    const { headers } = await forward({
      headers: { Authorization: 'Bearer abc', 'User-Agent': 'audit' },
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer abc',
      'user-agent': 'audit',
    });
  });

  it('tells what follows when the destination does not take them', async () => {
    answer = response =>
      response.writeHead(429, { 'retry-after': '120' }).end();
    await expect(forward()).rejects.toMatchObject({
      name: 'DeliveryRetryError',
      retryAfterMs: 120_000,
    });
    answer = response => response.writeHead(410).end();
    await expect(forward()).rejects.toThrow(DestinationGoneError);
    await receiver.close();
    await expect(forward()).rejects.toThrow(DeliveryRetryError);
  });

  it('tells no secret when it fails', async () => {
    answer = (response, { headers, path }) =>
      response.writeHead(400).end(JSON.stringify({ headers, path }));
    const settings = {
      url: `${receiver.origin}/hook-4711-of-the-archive?key=4711`,
      headers: { Authorization: 'Bearer token-4711' },
    };
    const error = await forward(settings).catch(caught => caught);
    expect(error.name).toBe('DeliveryRejectedError');
    expect(error.message).not.toMatch(/4711|v1,/);
  });

  it('stops with its caller', async () => {
    const controller = new AbortController();
    answer = () => controller.abort();
    await expect(
      createForwarder().forward({ events, signal: controller.signal }),
    ).rejects.toThrow(/stopped before there was an answer/);
  });

  it('says what a test shows', async () => {
    const forwarder = createForwarder();
    await forwarder.forward({ events: [auditEvent()], test: true, signal });
    const { proves, doesNotProve } = await forwarder.test!({ signal });
    expect(proves.join(' ')).toContain(receiver.origin);
    // There is none on this way.
    expect(proves.join(' ')).not.toContain('certificate');
    expect(doesNotProve.join(' ')).toContain('checks the signature');
    expect([...proves, ...doesNotProve].join(' ')).not.toContain('key=1');
  });
});

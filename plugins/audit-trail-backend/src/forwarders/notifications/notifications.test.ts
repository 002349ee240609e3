import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
} from 'backstage-plugin-audit-trail-node';
import { auditEvent } from '../../__testUtils__/events';
import {
  HOSTILE_TEXTS,
  hostileTexts,
  UNSHOWABLE,
} from '../__testUtils__/hostileTexts';
import { createNotificationsForwarderFactory } from './createNotificationsForwarderFactory';
import { portalPath } from './portalPath';

const PORTAL = 'https://example.com/portal';
const { signal } = new AbortController();

/** Who owns what. */
const OWNERS: Record<string, string[]> = {
  'segment:warehouse:w1': ['group:default/data'],
  'segment:source:s1': ['user:default/dora', 'group:default/web'],
  'segment:source:s2': ['group:default/web', 'user:default/dora'],
};

function setUp(config: object = {}, options: { trailOwners?: string[] } = {}) {
  const sent: NotificationSendOptions[] = [];
  const notifications = {
    send: jest.fn(async (notification: NotificationSendOptions) => {
      sent.push(notification);
    }),
  };
  const ownersOf = jest.fn(async (keys: string[]) =>
    keys.flatMap(key => OWNERS[key] ?? []),
  );
  const forwarder = createNotificationsForwarderFactory({
    appBaseUrl: PORTAL,
    notifications,
    ownersOf,
    trailOwners: options.trailOwners ?? ['group:default/segment-owners'],
    trailUrl: params => `${PORTAL}/audit-trail?${params}`,
  }).create({
    config: new ConfigReader({ type: 'notifications', ...config }),
    destinationId: 'owners',
    eventUrl: id => `${PORTAL}/audit-trail/events/${id}`,
    logger: mockServices.logger.mock(),
  });
  return { forwarder, notifications, ownersOf, sent };
}

const on = (key: string, overrides: object = {}) =>
  auditEvent({ resource: { key, name: key.slice(-2) }, ...overrides });

describe('a notification about one event', () => {
  it('goes to the owners of all that the event belongs to', async () => {
    const { forwarder, sent } = setUp();
    const event = on('segment:warehouse:w1', {
      occurredAt: '2026-11-22T13:03:11.250Z',
      resources: ['segment:source:s1'],
    });
    await forwarder.forward({ events: [event], signal });
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: [
            'group:default/data',
            'group:default/web',
            'user:default/dora',
          ],
        },
        payload: {
          title: 'Harmful: w1 was disabled by Jo Miller',
          description:
            'Warehouses Disabled · 2026-11-22 13:03:11 UTC · Warehouses, workspace ws1',
          link: `/audit-trail/events/${event.id}`,
          severity: 'high',
          topic: 'harmful activity',
          scope: `audit-trail:${event.id}:owners`,
        },
      },
    ]);
  });

  it.each([
    [{ type: 'Source Modified' }, 'normal', 'other activity'],
    [{ type: 'Source Modified', severity: 'low' }, 'low', 'other activity'],
    [{ type: 'Source Modified', severity: 'high' }, 'high', 'other activity'],
    [{ type: 'Source Created', severity: 'critical' }, 'critical', undefined],
    [{ type: 'Source Deleted', severity: 'low' }, 'high', 'harmful activity'],
    [{ type: 'audit-trail.viewed' }, 'low', 'other activity'],
  ])('of %j has the severity %s', async (overrides, severity, topic) => {
    const { forwarder, sent } = setUp();
    const events = [on('segment:source:s1', overrides)];
    await forwarder.forward({ events, signal });
    expect(sent[0].payload).toMatchObject({
      severity,
      ...(topic && { topic }),
    });
  });

  it('has the same scope when it is delivered again, and only then', async () => {
    const { forwarder, sent } = setUp();
    const [first, second] = [on('segment:source:s1'), on('segment:source:s1')];
    for (const event of [first, second, first]) {
      await forwarder.forward({ events: [event], signal });
    }
    const [one, other, again] = sent.map(({ payload }) => payload);
    expect(again).toEqual(one);
    expect(other.scope).not.toBe(one.scope);
  });
});

describe('many events', () => {
  it('are one notification for the same people, which counts them all', async () => {
    const { forwarder, ownersOf, sent } = setUp();
    const events = Array.from({ length: 100 }, (_, at) =>
      on(at % 2 ? 'segment:source:s1' : 'segment:source:s2', {
        type: at % 10 ? `Custom Thing${at % 10} Changed` : 'Source Disabled',
        occurredAt: `2026-11-22T13:${String(at % 60).padStart(2, '0')}:00Z`,
      }),
    );
    await forwarder.forward({ events, signal });
    expect(sent).toHaveLength(1);
    const { payload } = sent[0];
    expect(payload).toMatchObject({
      title: '100 audit events on what you own, 10 of them harmful',
      severity: 'high',
      topic: 'harmful activity',
      scope: `audit-trail:${events[0].id}:owners`,
    });
    expect(payload.description).toMatch(/^10 × Harmful: Source Disabled, 10 ×/);
    expect(payload.description).toMatch(
      /, 20 of other activities, from 2026-11-22 13:00:00 UTC to 2026-11-22 13:59:00 UTC$/,
    );
    // To the newest harmful one: the page of all is closed to owners of some.
    expect(payload.link).toBe(`/audit-trail/events/${events[50].id}`);
    expect(ownersOf).toHaveBeenCalledTimes(2);
  });

  it('reach everyone whom they concern, each event once', async () => {
    const { forwarder, sent } = setUp();
    const keys = ['segment:warehouse:w1', 'segment:source:s1', 'a:b:nobody'];
    const events = Array.from({ length: 9 }, (_, at) => on(keys[at % 3]));
    await forwarder.forward({ events, signal });
    expect(
      sent.map(({ recipients, payload }) => [
        (recipients as { entityRef: string[] }).entityRef,
        payload.title,
      ]),
    ).toEqual([
      [
        ['group:default/data'],
        '3 audit events on what you own, 3 of them harmful',
      ],
      [
        ['group:default/web', 'user:default/dora'],
        '3 audit events on what you own, 3 of them harmful',
      ],
    ]);
  });

  it('lead those who are listed to the page of all', async () => {
    const { forwarder, ownersOf, sent } = setUp({
      recipients: ['Group:platform', 'user:default/olivia'],
    });
    await forwarder.forward({
      events: [
        on('a:b:nobody', {
          type: 'Source Created',
          occurredAt: '2026-11-22T13:00:00Z',
        }),
        on('segment:source:s1', {
          type: 'Source Created',
          occurredAt: '2026-11-22T13:00:01Z',
        }),
      ],
      signal,
    });
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['group:default/platform', 'user:default/olivia'],
        },
        payload: expect.objectContaining({
          title: '2 audit events',
          link: '/audit-trail?from=2026-11-22T13%3A00%3A00.000Z&to=2026-11-22T13%3A00%3A01.000Z',
          severity: 'normal',
        }),
      },
    ]);
    expect(ownersOf).not.toHaveBeenCalled();
  });

  it('are kept short, whatever they are called', async () => {
    const { forwarder, sent } = setUp();
    for (const text of [...HOSTILE_TEXTS, ...hostileTexts(200)]) {
      const event: AuditEvent = {
        ...on('segment:source:s1'),
        label: text,
        type: text,
        workspace: text,
        actor: { type: 'user', id: text, name: text },
      };
      await forwarder.forward({ events: [event], signal });
      await forwarder.forward({
        events: [event, on('a:b:nobody'), event],
        signal,
      });
    }
    for (const { payload } of sent) {
      const { title, description = '' } = payload;
      expect(title.length).toBeLessThanOrEqual(255);
      expect(description.length).toBeLessThanOrEqual(1_000);
      expect(`${title} ${description}`).not.toMatch(UNSHOWABLE);
    }
  });
});

describe('an event that nobody owns', () => {
  it('notifies nobody, and is reported as skipped', async () => {
    const { forwarder, notifications } = setUp();
    const event = on('a:b:nobody');
    expect(await forwarder.forward({ events: [event], signal })).toEqual({
      skipped: [
        { eventId: event.id, reason: 'Nobody owns what it happened to' },
      ],
    });
    expect(notifications.send).not.toHaveBeenCalled();
  });
});

describe('a test', () => {
  it('goes to the Owners of the trail where owners get the rest', async () => {
    const { forwarder, sent } = setUp();
    await forwarder.forward({ events: [on('a:b:c')], test: true, signal });
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: ['group:default/segment-owners'],
        },
        payload: expect.objectContaining({
          title: expect.stringMatching(/^Test: /),
          description: expect.stringMatching(/^A test .* never happened\. /),
        }),
      },
    ]);
    expect(sent[0].payload).not.toHaveProperty('topic');
    const result = await forwarder.test!({ signal });
    expect(result.proves[0]).toContain('group:default/segment-owners');
    expect(result.doesNotProve).toHaveLength(2);
  });

  it('is refused where there is no one to send it to', async () => {
    const { forwarder } = setUp({}, { trailOwners: [] });
    await expect(
      forwarder.forward({ events: [on('a:b:c')], test: true, signal }),
    ).rejects.toThrow(DeliveryRejectedError);
  });
});

describe('a portal that takes no notifications', () => {
  it('is tried again', async () => {
    const { forwarder, notifications } = setUp();
    notifications.send.mockRejectedValue(
      new Error('Failed to send notifications: Request failed with status 404'),
    );
    const error = await forwarder
      .forward({ events: [on('segment:source:s1')], signal })
      .catch(thrown => thrown);
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toContain('status 404');
  });

  it('is waited for no longer than the engine waits', async () => {
    const { forwarder, notifications } = setUp();
    notifications.send.mockReturnValue(new Promise(() => {}));
    const controller = new AbortController();
    const forwarding = forwarder.forward({
      events: [on('segment:source:s1')],
      signal: controller.signal,
    });
    controller.abort();
    await expect(forwarding).rejects.toThrow(/aborted/);
  });

  it('does not make an event reach some twice and others never', async () => {
    const { forwarder, notifications, sent } = setUp();
    const events = [on('segment:warehouse:w1'), on('segment:source:s1')];
    notifications.send
      .mockImplementationOnce(async options => void sent.push(options))
      .mockRejectedValueOnce(new Error('Failed'));
    await expect(forwarder.forward({ events, signal })).rejects.toThrow(
      DeliveryRetryError,
    );
    await forwarder.forward({ events, signal });
    const scopes = sent.map(({ payload }) => payload.scope);
    expect(scopes).toHaveLength(3);
    expect(new Set(scopes).size).toBe(2);
  });
});

describe('app-config', () => {
  it('has defaults', () => {
    expect(setUp().forwarder.limits).toEqual({
      maxEvents: 200,
      minIntervalMs: 5_000,
    });
  });

  it.each([
    [{ recipients: 'everyone' }, 'recipients'],
    [{ recipients: [] }, 'recipients'],
    [{ recipients: ['platform'] }, 'recipients'],
    [{ recipients: { group: 'platform' } }, 'recipients'],
    [{ maxEvents: 1_001 }, 'maxEvents'],
    [{ minIntervalMs: 'soon' }, 'minIntervalMs'],
  ])('refuses %j', (config, key) => {
    expect(() => setUp(config)).toThrow(
      `auditTrail.forwarding.destinations.owners.${key}`,
    );
  });
});

describe('portalPath', () => {
  it.each([
    ['https://example.com/portal/audit-trail?a=b#c', '/audit-trail?a=b#c'],
    ['https://example.com/portal2/x', 'https://example.com/portal2/x'],
    ['https://other.example/portal/x', 'https://other.example/portal/x'],
  ])('%s is %s', (address, path) => {
    expect(portalPath(address, `${PORTAL}/`)).toBe(path);
  });
});

import { sampleDeliveries } from '../__testUtils__/examples';
import { auditEvent, deliveredEvent } from '../__testUtils__/auditEvent';
import { eventUrl, RECORDED_DELIVERIES } from '../__testUtils__/segment';
import { mapDelivery } from '../intake/mapDelivery';
import { OWN_PROPERTIES } from './ownProperties';
import { trackCall } from './trackCall';

const call = (
  event: Parameters<typeof trackCall>[0],
  options: Partial<Parameters<typeof trackCall>[1]> = {},
) =>
  JSON.parse(
    JSON.stringify(
      trackCall(event, {
        destinationId: 'segment',
        eventName: 'audit',
        url: eventUrl(event.id),
        ...options,
      }),
    ),
  );

/** What a reader of Segment's own forwarding makes of a call. */
function readBack(forwarded: object) {
  const { type, workspace, occurredAt, actor, resource, resources } =
    mapDelivery(forwarded, '');
  return {
    type,
    workspace,
    occurredAt: new Date(occurredAt).toISOString(),
    actor: { type: actor.type, id: actor.id },
    name: resource.name,
    keys: [...new Set([resource.key, ...resources!])],
  };
}

const facts = (event: ReturnType<typeof auditEvent>) => ({
  type: event.originalType,
  workspace: event.workspace,
  occurredAt: new Date(event.occurredAt).toISOString(),
  actor: { type: event.actor.type, id: event.actor.id },
  name: event.resource.name,
  keys: event.resources,
});

describe('trackCall', () => {
  it.each(RECORDED_DELIVERIES)(
    'forwards %s as Segment does',
    (_name, delivery) => {
      const event = deliveredEvent(delivery);
      const { properties, ...forwarded } = call(event);
      const { [OWN_PROPERTIES]: own, ...segments } = properties;
      expect(segments).toEqual(delivery.properties);
      expect(own).toMatchObject({ destination: 'segment', event_id: event.id });
      expect(forwarded).toMatchObject({
        type: 'track',
        event: 'Audit',
        userId: event.actor.type === 'system' ? '__system__' : event.actor.id,
        timestamp: delivery.timestamp,
      });
      expect(readBack({ ...forwarded, properties })).toEqual(facts(event));
    },
  );

  it('is read back by a reader of Segment’s own forwarding, for every activity', () => {
    const events = sampleDeliveries({ now: '2026-03-01T10:00:00Z' }).map(
      deliveredEvent,
    );
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(90);
    expect(events.map(event => readBack(call(event)))).toEqual(
      events.map(facts),
    );
  });

  it('gives Segment’s form to events that do not have it', () => {
    const event = auditEvent({
      type: 'Audience Deleted',
      actor: { type: 'access-token', id: 't/1' },
      resource: { key: 'segment:audience:aud_1', name: 'Big spenders' },
      resources: [
        'segment:space:ws1/default',
        'segment:source:s1',
        'segment:tracking-plan:tp_1',
        'entity:component:default/shop',
      ],
    });
    const forwarded = call(event);
    expect(forwarded.properties.details).toEqual({
      resource_id: 'spaces/default/audiences/aud_1',
      resource_type: 'audience',
      subject: 'tokens/t/1',
      target: 'Big spenders',
      source_id: 's1',
      tracking_plan_id: 'tp_1',
    });
    const { keys, ...rest } = readBack(forwarded);
    expect(rest).toEqual({ ...facts(event), keys: undefined });
    // A key of the catalog has no place in Segment's form, but one in ours.
    expect(new Set(keys)).toEqual(new Set(event.resources.slice(0, -1)));
    expect(forwarded.properties[OWN_PROPERTIES].resources).toEqual(
      event.resources,
    );
  });

  it('keeps a service’s own details apart from what they would mean in Segment’s form', () => {
    const event = auditEvent(
      {
        type: 'service.deployed',
        workspace: 'backstage',
        actor: { type: 'system', id: 'scheduler' },
        resource: { key: 'entity:component:default/shop', name: 'shop' },
        details: {
          subject: 'users/jo',
          source_id: 'github',
          version: '1.5.0',
        },
        changes: [{ path: 'version', before: '1.4.0', after: '1.5.0' }],
      },
      'external:deploys',
    );
    const { userId, properties } = call(event);
    expect(userId).toBe('__system__');
    expect(properties.details).toEqual({
      version: '1.5.0',
      resource_id: 'default/shop',
      resource_type: 'component',
      target: 'shop',
    });
    expect(properties[OWN_PROPERTIES]).toMatchObject({
      source: 'external:deploys',
      actor_type: 'system',
      actor_id: 'scheduler',
      resource_key: 'entity:component:default/shop',
      details: { subject: 'users/jo', source_id: 'github' },
      changes: event.changes,
    });
    expect(readBack(call(event))).toMatchObject({
      type: 'service.deployed',
      actor: { type: 'system', id: '__system__' },
    });
  });

  it('has all that the trail knows', () => {
    const event = auditEvent({
      actor: {
        type: 'user',
        id: 'u1',
        name: 'Jo Miller',
        email: 'jo@example.com',
        entityRef: 'user:default/jo',
      },
      severity: 'high',
      correlationId: 'c1',
    });
    expect(call(event).properties[OWN_PROPERTIES]).toEqual({
      destination: 'segment',
      event_id: event.id,
      url: eventUrl(event.id),
      occurred_at: '2026-03-01T10:00:00.000Z',
      recorded_at: '2026-03-01T10:00:01.000Z',
      type: 'warehouse.disabled',
      category: 'warehouses',
      label: 'Warehouses Disabled',
      verb: 'disabled',
      harmful: true,
      outcome: 'succeeded',
      source: 'segment',
      actor_type: 'user',
      actor_id: 'u1',
      actor_name: 'Jo Miller',
      actor_email: 'jo@example.com',
      actor_entity_ref: 'user:default/jo',
      resource_key: 'segment:warehouse:w1',
      resource_name: 'orders',
      resources: ['segment:warehouse:w1'],
      severity: 'high',
      correlation_id: 'c1',
    });
  });

  it('names events by their label if it is told to, but only documented ones', () => {
    const named = (type: string) =>
      call(auditEvent({ type }), { eventName: 'label' }).event;
    expect(named('Warehouse Disabled')).toBe('Warehouses Disabled');
    expect(named('Label Created')).toBe('Audit');
    expect(named('service.deployed')).toBe('Audit');
  });

  it('has the same message id each time, and another for each destination, portal and event', () => {
    const [event, other] = [auditEvent(), auditEvent({ sourceEventId: '2' })];
    const ids = [
      call(event),
      call(event, { destinationId: 'segment-eu' }),
      call(event, { url: `https://staging.example/${event.id}` }),
      call(other),
    ].map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(4);
    expect(ids.every(id => id.length < 100)).toBe(true);
    expect(ids[0].startsWith(event.id)).toBe(true);
    expect(call(event, { eventName: 'label' }).messageId).toBe(ids[0]);
  });

  it('says that a test is one', () => {
    const { properties } = call(auditEvent(), { test: true });
    expect(properties.details.description).toMatch(
      /^A test of the destination/,
    );
    expect(properties[OWN_PROPERTIES].test).toBe(true);
  });
});

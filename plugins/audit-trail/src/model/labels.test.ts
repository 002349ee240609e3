import { auditEvent } from '../__testUtils__/fixtures';
import { t } from '../__testUtils__/translation';
import {
  actorIdLabel,
  actorName,
  byteLabel,
  eventCountLabel,
  eventSentence,
  lastChangeSentence,
  viaLabel,
} from './labels';

describe('labels', () => {
  it('says what happened in one sentence', () => {
    expect(eventSentence(t, auditEvent())).toBe(
      'orders-redshift was disabled by jm@example.com',
    );
    expect(
      eventSentence(
        t,
        auditEvent({
          type: 'tracking-plan.new-event-blocked',
          verb: 'blocked',
          label: 'Tracking Plan New Event Blocked',
        }),
      ),
    ).toBe(
      'Tracking Plan New Event Blocked on orders-redshift, by jm@example.com',
    );
    expect(eventSentence(t, auditEvent({ outcome: 'failed' }))).toBe(
      'Warehouses Disabled on orders-redshift by jm@example.com failed',
    );
    expect(
      eventSentence(
        t,
        auditEvent({
          type: 'warehouse.run-failed',
          verb: 'failed',
          outcome: 'failed',
          label: 'Warehouse Run Failed',
        }),
      ),
    ).toBe('Warehouse Run Failed on orders-redshift, by jm@example.com');
  });

  it('lets no foreign name turn the rest of a sentence', () => {
    const sentence = eventSentence(
      t,
      auditEvent({
        actor: { type: 'user', id: 'u1', name: 'mallory\u202e' },
        resource: {
          ...auditEvent().resource,
          name: '\u2067orders\u2069 \u05d0\u200f',
        },
      }),
    );
    expect(sentence).toBe(
      '\ufffdorders\ufffd \u05d0\u200f was disabled by mallory\ufffd',
    );
  });

  it('says what happened to an entity last', () => {
    const now = Date.parse('2026-11-22T14:03:00Z');
    const at = (overrides: Parameters<typeof auditEvent>[0]) =>
      lastChangeSentence(
        t,
        auditEvent({ occurredAt: '2026-11-22T13:51:00Z', ...overrides }),
        'resource:default/Orders-Redshift',
        now,
      );
    expect(at({})).toBe(
      'Last change 12 minutes ago: disabled by jm@example.com',
    );
    // Of what belongs to it, or of a part of it.
    expect(
      at({
        resource: { ...auditEvent().resource, entityRef: 'resource:default/x' },
      }),
    ).toBe('Last change 12 minutes ago: Warehouses Disabled by jm@example.com');
    expect(at({ type: 'warehouse.settings-disabled' })).toBe(
      'Last change 12 minutes ago: Warehouses Disabled by jm@example.com',
    );
    expect(at({ outcome: 'failed' })).toBe(
      'Last attempt 12 minutes ago: Warehouses Disabled by jm@example.com, which failed',
    );
  });

  it('counts and measures for people', () => {
    expect(eventCountLabel(t, 1284)).toBe('1,284 events');
    expect(eventCountLabel(t, 1)).toBe('1 event');
    expect(eventCountLabel(t, 10_000, true)).toBe('more than 10,000 events');
    expect(byteLabel(t, 3_400_000)).toBe('3.4 MB');
  });

  it('says how an event came', () => {
    expect(viaLabel(t, auditEvent())).toBe('Segment · webhook');
    expect(
      viaLabel(t, { source: 'plugin:catalog', intakes: ['http-api'] }),
    ).toBe('plugin:catalog · HTTP API');
    expect(
      viaLabel(t, { source: 'plugin:audit-trail', intakes: ['audit-trail'] }),
    ).toBe('Audit Trail · itself');
  });

  it('calls users of the portal by their name', () => {
    const actor = { type: 'user', id: 'user:default/olivia' } as const;
    expect(actorName(actor)).toBe('olivia');
    expect(actorName({ ...actor, email: 'o@example.com' })).toBe(
      'o@example.com',
    );
    expect(actorIdLabel('user:other/olivia')).toBe('user:other/olivia');
  });
});

import { auditEvent } from '../__testUtils__/fixtures';
import { t } from '../__testUtils__/translation';
import {
  actorIdLabel,
  actorName,
  byteLabel,
  eventCountLabel,
  eventSentence,
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

import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { auditEvent, deliveredEvent } from '../__testUtils__/auditEvent';
import { RECORDED_DELIVERIES } from '../__testUtils__/segment';
import { possibleEventNames } from './eventNames';
import { LoopGuard, type LoopGuardTarget } from './LoopGuard';

const guard = (...targets: Partial<LoopGuardTarget>[]) => {
  const made = new LoopGuard();
  targets.forEach(target =>
    made.add({ eventNames: possibleEventNames('audit'), ...target }),
  );
  return made;
};

/** What Segment's schema tells of an event or a property. */
const told = (
  type: string,
  details: AuditEvent['details'],
  overrides: Parameters<typeof auditEvent>[0] = {},
) =>
  auditEvent({
    type,
    actor: { type: 'system', id: '__system__', name: 'Segment' },
    resource: { key: 'segment:source:s1', name: 'Audit Trail' },
    details: { source_id: 's1', source_slug: 'audit_trail', ...details },
    ...overrides,
  });

const [, newEventAllowed] = RECORDED_DELIVERIES.find(
  ([name]) => name === 'new-event-allowed.json',
)!;

/** The recorded delivery, about another event. */
const recordedAbout = (name: string) =>
  deliveredEvent({
    ...newEventAllowed,
    properties: {
      ...newEventAllowed.properties,
      details: { ...newEventAllowed.properties.details, name },
    },
  });

describe('LoopGuard', () => {
  it('knows what Segment tells of the forwarded events', () => {
    expect(guard({}).reason(recordedAbout('Audit'))).toMatch(
      /^Segment tells "New Event Allowed" of events that were forwarded/,
    );
    expect(guard({}).reason(deliveredEvent(newEventAllowed))).toBeUndefined();
    expect(guard().reason(recordedAbout('Audit'))).toBeUndefined();
  });

  it('knows all names that are sent, those of labels too', () => {
    const labels = guard({ eventNames: possibleEventNames('label') });
    expect(labels.reason(recordedAbout('Warehouses Disabled'))).toBeDefined();
    expect(labels.reason(recordedAbout('Audit'))).toBeDefined();
    expect(labels.reason(recordedAbout('Order Completed'))).toBeUndefined();
    expect(
      guard({}).reason(recordedAbout('Warehouses Disabled')),
    ).toBeUndefined();
  });

  it.each([
    ['New Event Blocked', { name: 'Audit' }],
    ['Tracking Plan New Event Allowed', { name: 'Audit' }],
    ['Schema Event Allowed', { description: '`Audit` set to allow' }],
    ['Schema Event Archived', { name: 'Audit' }],
    ['New Track Property Omitted', { name: 'backstage_audit_trail.label' }],
    ['New Track Property Allowed', { name: 'Audit' }],
  ])('knows %s with %j', (type, details) => {
    expect(guard({}).reason(told(type, details))).toBeDefined();
  });

  it.each<[string, AuditEvent]>([
    ['another event', told('New Event Blocked', { name: 'Order Completed' })],
    ['another property', told('New Track Property Omitted', { name: 'type' })],
    ['no event', told('Violations Detected', {})],
    ['another activity', told('Source Modified', { name: 'Audit' })],
    [
      'what a person did to the schema',
      told(
        'Schema Event Blocked',
        { description: '`Audit` set to block', subject: 'users/u1' },
        { actor: { type: 'user', id: 'u1' } },
      ),
    ],
    [
      'what another system reports',
      auditEvent(
        {
          type: 'New Event Allowed',
          actor: { type: 'system', id: 'x' },
          details: { name: 'Audit' },
        },
        'external:x',
      ),
    ],
  ])('leaves %s alone', (_name, event) => {
    expect(guard({}).reason(event)).toBeUndefined();
  });

  it.each([
    [{ sourceId: 's1' }],
    [{ sourceSlug: 'audit_trail' }],
    [{ sourceId: 's1', sourceSlug: 'audit_trail' }],
  ])('is exact about the source %j', source => {
    const ours = guard(source);
    const other = { source_id: 's2', source_slug: 'web_shop' };
    const about = (type: string, details: AuditEvent['details']) =>
      ours.reason(told(type, details)) !== undefined;
    expect(about('New Event Allowed', { name: 'Audit' })).toBe(true);
    expect(about('New Event Allowed', { name: 'Audit', ...other })).toBe(false);
    expect(about('New Event Allowed', { name: 'Order Completed' })).toBe(false);
    // Nobody knows whether these name the event; the source is enough.
    expect(about('New Track Property Omitted', { name: 'type' })).toBe(true);
    expect(about('New Track Property Omitted', other)).toBe(false);
    expect(about('Violations Detected', {})).toBe(true);
    expect(about('Violations Detected', other)).toBe(false);
    // What does not name its source is taken by the name of the event.
    const unknown = { source_id: '', source_slug: '' };
    expect(about('New Event Allowed', { name: 'Audit', ...unknown })).toBe(
      true,
    );
    expect(about('Violations Detected', unknown)).toBe(false);
  });

  it('knows the events of all destinations', () => {
    const both = guard(
      { sourceId: 's1' },
      { sourceId: 's2', eventNames: possibleEventNames('label') },
    );
    const about = (name: string, source_id: string) =>
      both.reason(
        told('New Event Allowed', { name, source_id, source_slug: '' }),
      ) !== undefined;
    expect(about('Audit', 's1')).toBe(true);
    expect(about('Source Created', 's2')).toBe(true);
    expect(about('Source Created', 's1')).toBe(false);
    expect(about('Audit', 's3')).toBe(false);
  });
});

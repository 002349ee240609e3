import type { AuditEventCriteria } from '../criteria';
import { isTimeRange } from './isTimeRange';

const from = '2026-01-01T00:00:00.000Z';
const to = '2026-02-01T00:00:00.000Z';
const range: AuditEventCriteria = { filter: { from, to } };

describe('isTimeRange', () => {
  it.each<AuditEventCriteria>([
    { filter: {} },
    { filter: { from } },
    { filter: { to, types: [], text: undefined, not: undefined } },
    { allOf: [range, { filter: { to } }] },
  ])('is so for %j', criteria => {
    expect(isTimeRange(criteria)).toBe(true);
  });

  it.each<AuditEventCriteria>([
    { filter: { from, types: ['warehouse.disabled'] } },
    { filter: { harmful: false } },
    { filter: { text: 'orders' } },
    { filter: { not: { actors: ['jo'] } } },
    { ids: [] },
    { ownedBy: [] },
    { ofEntity: 'resource:default/orders' },
    { not: range },
    { anyOf: [range, range] },
    { allOf: [range, { ownedBy: ['user:default/jo'] }] },
  ])('is not so for %j', criteria => {
    expect(isTimeRange(criteria)).toBe(false);
  });
});

import { TRAIL_READ_TYPES } from '../activities';
import type { AuditEventFilter } from './AuditEventFilter';
import { auditEventFilterParts, withoutFilterPart } from './filterParts';
import { auditEventFilterToParams } from './filterParams';

const FILTER: AuditEventFilter = {
  types: ['a', 'b'],
  actors: ['c'],
  harmful: false,
  text: 'words',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-02-01T00:00:00.000Z',
  not: { types: ['d', ...TRAIL_READ_TYPES], outcomes: ['failed'] },
};
const ALL = auditEventFilterToParams(FILTER).toString().split('&').sort();

describe('the parts of a filter', () => {
  it('are dropped one by one, and are all of it', () => {
    const dropped = auditEventFilterParts(FILTER).map(part => {
      const left = auditEventFilterToParams(withoutFilterPart(FILTER, part))
        .toString()
        .split('&');
      expect(ALL).toEqual(expect.arrayContaining(left));
      return ALL.filter(param => !left.includes(param));
    });
    expect(dropped).toEqual([
      ['q=words'],
      ['type=a'],
      ['type=b'],
      ['actor=c'],
      ['not.type=d'],
      ['not.outcome=failed'],
      ['harmful=false'],
      ['from=2026-01-01T00%3A00%3A00.000Z', 'to=2026-02-01T00%3A00%3A00.000Z'],
      ['not.type=audit-trail.event-viewed', 'not.type=audit-trail.viewed'],
    ]);
    expect(dropped.flat().sort()).toEqual(ALL);
    expect(auditEventFilterParts({})).toEqual([]);
  });

  it('are values like others where only one kind of view is left out', () => {
    expect(
      auditEventFilterParts({ not: { types: ['audit-trail.viewed'] } }),
    ).toEqual([
      {
        kind: 'value',
        field: 'types',
        value: 'audit-trail.viewed',
        excluded: true,
      },
    ]);
  });
});

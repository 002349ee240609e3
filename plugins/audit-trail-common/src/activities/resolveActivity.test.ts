import { ACTIVITIES, CATEGORIES } from './catalogue';
import { findActivity, resolveActivity } from './resolveActivity';
import { TRAIL_READ_TYPES } from './trailArea';

describe('the catalogue of activities', () => {
  it('has the 90 activities that Segment documents in nine areas, and those of the portal and of the trail', () => {
    const segment = ACTIVITIES.filter(
      ({ category }) => !['portal', 'audit-trail'].includes(category),
    );
    expect(segment).toHaveLength(90);
    for (const field of ['id', 'label'] as const) {
      expect(new Set(ACTIVITIES.map(activity => activity[field])).size).toBe(
        ACTIVITIES.length,
      );
    }
    expect(
      CATEGORIES.map(({ id, label }) => [
        label,
        ACTIVITIES.filter(({ category }) => category === id).length,
      ]),
    ).toEqual([
      ['Access Management', 7],
      ['Source', 5],
      ['Integrations', 5],
      ['Functions', 6],
      ['Destination Filters', 3],
      ['Warehouses', 6],
      ['Protocols', 14],
      ['Personas', 20],
      ['Schema Default', 24],
      ['Portal', 10],
      ['Audit Trail', ACTIVITIES.length - 100],
    ]);
    for (const type of TRAIL_READ_TYPES) {
      expect(findActivity(type)).toMatchObject({ category: 'audit-trail' });
    }
  });

  it('finds each activity by each of its spellings, in any case', () => {
    for (const activity of ACTIVITIES) {
      for (const spelling of [
        activity.id,
        activity.label,
        ...activity.aliases,
      ]) {
        expect(findActivity(spelling)).toBe(activity);
        expect(findActivity(spelling.toUpperCase())).toBe(activity);
        expect(findActivity(spelling.replace(/[ .]/g, '_'))).toBe(activity);
      }
    }
  });

  it.each([
    ['Warehouse Disabled', 'warehouse.disabled'],
    ['Warehouses Disabled', 'warehouse.disabled'],
    ['Storage Destination Disabled', 'warehouse.disabled'],
    ['warehouses  disabled', 'warehouse.disabled'],
    ['Filter Updated', 'destination-filter.modified'],
    ['New Event Allowed', 'tracking-plan.new-event-allowed'],
    ['Tracking Plan Updated', 'tracking-plan.updated'],
    ['User Added Via SSO', 'user.added-via-sso'],
    [
      'Schema Default Edited To Block New Event',
      'schema-default.edited-to-block-new-events',
    ],
  ])('%s is %s', (spelling, id) => {
    expect(resolveActivity(spelling)).toMatchObject({ id, mapped: true });
  });

  it('marks what takes something away', () => {
    const harmful = (id: string) => findActivity(id)?.harmful;
    expect(
      [
        'warehouse.disabled',
        'source.deleted',
        'audience.run-failed',
        'tracking-plan.violations-detected',
        'schema-default.edited-to-omit-new-group-traits',
        'user.removed',
      ].map(harmful),
    ).toEqual(Array(6).fill(true));
    expect(
      ['warehouse.enabled', 'source.modified', 'user-invite.deleted'].map(
        harmful,
      ),
    ).toEqual(Array(3).fill(false));
  });
});

describe('resolveActivity', () => {
  it.each([
    ['Label Created', 'label.created', 'unmapped', 'created', false],
    [
      'Transformation Deleted',
      'transformation.deleted',
      'unmapped',
      'deleted',
      true,
    ],
    [
      'Destination Filter Disabled',
      'destination-filter.disabled',
      'destination-filters',
      'disabled',
      true,
    ],
    [
      'catalog.entity-refreshed',
      'catalog.entity-refreshed',
      'unmapped',
      'entity-refreshed',
      false,
    ],
    [
      'deploy.rolled-back',
      'deploy.rolled-back',
      'unmapped',
      'rolled-back',
      false,
    ],
    ['sync.run-failed', 'sync.run-failed', 'unmapped', 'failed', true],
    [
      'User Added To User Group',
      'user.added-to-user-group',
      'access-management',
      'added',
      false,
    ],
    ['Hello', 'hello', 'unmapped', 'hello', false],
    ['!!!', 'unknown', 'unmapped', 'unknown', false],
  ])('passes %s through', (spelling, id, category, verb, harmful) => {
    const resolved = resolveActivity(spelling);
    expect(resolved).toEqual({
      id,
      label: spelling,
      category,
      verb,
      harmful,
      mapped: false,
    });
    expect(resolveActivity(resolved.id).id).toBe(resolved.id);
  });
});

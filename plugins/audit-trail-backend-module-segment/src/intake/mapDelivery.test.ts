import { mapDelivery } from './mapDelivery';

const delivery = (type: string, details: object, userId = 'u1') => ({
  type: 'track',
  event: 'Audit',
  userId,
  messageId: 'api-1',
  timestamp: '2026-03-01T10:00:00.000Z',
  properties: { type, workspace_id: 'ws1', details },
});

describe('mapDelivery', () => {
  it.each<[string, object, string[]]>([
    [
      'Warehouse Disabled',
      { resource_type: 'warehouse', resource_id: 'w1', warehouse_id: 'w1' },
      ['segment:warehouse:w1'],
    ],
    [
      'Integration Created',
      { resource_type: 'integration', resource_id: 'i1', source_id: 's1' },
      ['segment:integration:i1', 'segment:source:s1'],
    ],
    [
      'Source Function Created',
      { resource_type: 'source', resource_id: 's1', source_id: 's1' },
      ['segment:source:s1'],
    ],
    [
      'Space Created',
      { resource_type: 'space', resource_id: 'spa_1' },
      ['segment:space:spa_1'],
    ],
    [
      'Audience Created',
      {
        resource_type: 'audience',
        resource_id: 'spaces/default/audiences/aud_1',
      },
      ['segment:audience:aud_1', 'segment:space:ws1/default'],
    ],
    [
      'Computed Trait Modified',
      {
        resource_type: 'computed_trait',
        resource_id: 'spaces/spa_1/traits/tra_1',
      },
      ['segment:computed-trait:tra_1', 'segment:space:spa_1'],
    ],
    [
      'Destination Filter Created',
      {
        resource_type: 'destination_filter',
        resource_id:
          'workspaces/acme/sources/web/destinations/slack/filters/df_1',
      },
      ['segment:destination-filter:df_1', 'segment:source:ws1/web'],
    ],
    [
      'New Event Allowed',
      {
        resource_type: 'source',
        resource_id: 's1',
        source_id: 's1',
        tracking_plan_id: 'tp_1',
      },
      ['segment:source:s1', 'segment:tracking-plan:tp_1'],
    ],
    [
      'Odd Created',
      { resource_type: '3d_model', resource_id: 'a\nb' },
      ['segment:other:a b'],
    ],
    ['User Removed', {}, ['segment:workspace:ws1']],
  ])('%s belongs to all that it names', (type, details, keys) => {
    const { resource, resources } = mapDelivery(delivery(type, details), '');
    expect([resource.key, ...resources!]).toEqual(keys);
  });

  it.each([
    ['u1', { subject: 'users/u2' }, { type: 'user', id: 'u1' }],
    ['t1', { subject: 'tokens/t1' }, { type: 'access-token', id: 't1' }],
    ['__system__', { subject: 'users/u2' }, { type: 'user', id: 'u2' }],
    ['__system__', {}, { type: 'system', id: '__system__', name: 'Segment' }],
    [
      '__system__',
      { subject: 'tokens/t1' },
      { type: 'access-token', id: 't1' },
    ],
    ['__system__', { subject: 'services/x' }, { type: 'service', id: 'x' }],
    [
      '__system__',
      { subject_id: 'u3', subject_type: 'user' },
      { type: 'user', id: 'u3' },
    ],
    ['u1', {}, { type: 'user', id: 'u1' }],
  ])('%s with %j is %j', (userId, details, actor) => {
    expect(
      mapDelivery(delivery('Source Created', details, userId), '').actor,
    ).toEqual(actor);
  });
});

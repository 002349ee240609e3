import type { AuditEvent } from '../events';
import { segmentAppPath, segmentAppUrl } from './segmentAppUrl';

/** An event of Segment with what its address is made of. */
function event(
  key: string,
  details: AuditEvent['details'] = {},
  others: Partial<AuditEvent> = {},
): AuditEvent {
  return {
    source: 'segment',
    workspace: 'VWDxzzIpI5',
    verb: 'modified',
    resource: { key },
    details,
    ...others,
  } as AuditEvent;
}

const HERE = 'https://app.segment.com/goto-my-workspace';
const FILTER = event('segment:destination-filter:df_1', {
  resource_id:
    'workspaces/acme/sources/web_shop/destinations/amplitude/filters/df_1',
});

describe('segmentAppUrl', () => {
  it.each([
    [
      'of a warehouse',
      event('segment:warehouse:W1'),
      `${HERE}/warehouses/W1/overview`,
    ],
    [
      'of a warehouse that is gone',
      event('segment:warehouse:W1', {}, { verb: 'deleted' }),
      `${HERE}/warehouses`,
    ],
    [
      'of what belongs to a warehouse',
      event('segment:thing:t1', { warehouse_id: 'W1' }),
      `${HERE}/warehouses/W1/overview`,
    ],
    [
      'of a source whose slug is told',
      event('segment:source:s1', { source_slug: 'web_shop' }),
      `${HERE}/sources/web_shop/overview`,
    ],
    [
      'of a source that is gone',
      event(
        'segment:source:s1',
        { source_slug: 'web_shop' },
        { verb: 'deleted' },
      ),
      `${HERE}/overview`,
    ],
    [
      'of a source whose slug is not told',
      event('segment:source:s1', { source_id: 's1' }),
      `${HERE}/overview`,
    ],
    [
      'of an audience',
      event('segment:audience:aud_1', {
        resource_id: 'spaces/default/audiences/aud_1',
      }),
      `${HERE}/unify/spaces/default/explorer`,
    ],
    [
      'of an audience in a space known by its id',
      event('segment:audience:aud_1', {
        resource_id: 'spaces/spa_1/audiences/aud_1',
      }),
      `${HERE}/overview`,
    ],
    [
      'of a filter',
      FILTER,
      'https://app.segment.com/acme/sources/web_shop/overview',
    ],
    [
      'of anything else',
      event('segment:tracking-plan:tp_1'),
      `${HERE}/overview`,
    ],
  ])('leads to the page %s', (_, one, url) => {
    expect(segmentAppUrl(one)).toBe(url);
  });

  it.each([
    ['the one there is', [{ slug: 'acme' }], 'https://app.segment.com/acme'],
    [
      'in the EU',
      [{ slug: 'acme', region: 'eu' as const }],
      'https://eu1.app.segment.com/acme',
    ],
    [
      'of that id',
      [
        { slug: 'other', id: 'o' },
        { slug: 'acme', id: 'VWDxzzIpI5' },
      ],
      'https://app.segment.com/acme',
    ],
    [
      'none, if there are several without an id',
      [{ slug: 'a' }, { slug: 'b' }],
      HERE,
    ],
    ['none, if it has another id', [{ slug: 'a', id: 'o' }], HERE],
  ])('takes the configured workspace: %s', (_, workspaces, base) => {
    expect(segmentAppUrl(event('segment:warehouse:W1'), workspaces)).toBe(
      `${base}/warehouses/W1/overview`,
    );
  });

  it('believes the slug in the event, and knows its region', () => {
    expect(
      segmentAppUrl(FILTER, [
        { slug: 'other', id: 'VWDxzzIpI5' },
        { slug: 'acme', region: 'eu' },
      ]),
    ).toBe('https://eu1.app.segment.com/acme/sources/web_shop/overview');
  });

  it('puts nothing into an address that is no slug and no id', () => {
    for (const hostile of ['../x', 'a b', '@evil.example', 'x?y', 'a|b', '']) {
      expect(
        segmentAppUrl(
          event(`segment:warehouse:${hostile || '-'}`, {
            resource_id: `workspaces/${hostile}/sources/${hostile}/x`,
            source_slug: hostile,
            warehouse_id: hostile,
          }),
        ),
      ).toBe(`${HERE}/overview`);
    }
  });

  it('knows nothing of what is not from Segment', () => {
    expect(
      segmentAppUrl(event('segment:warehouse:W1', {}, { source: 'deploys' })),
    ).toBeUndefined();
  });
});

describe('segmentAppPath', () => {
  it('needs the slug of a source or space', () => {
    expect(segmentAppPath({ type: 'source', id: 's1' })).toBeUndefined();
    expect(segmentAppPath({ type: 'space', id: 'spa_1' })).toBeUndefined();
    expect(segmentAppPath({ type: 'function', id: 'f1' })).toBeUndefined();
  });
});

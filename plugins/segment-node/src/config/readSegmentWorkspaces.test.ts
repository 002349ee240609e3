import { mockServices } from '@backstage/backend-test-utils';
import { readSegmentWorkspaces } from './readSegmentWorkspaces';

const TOKEN = 'sgp_token';

const workspaces = (...list: unknown[]) =>
  readSegmentWorkspaces(
    mockServices.rootConfig({
      data: { auditTrail: { segment: { workspaces: list as any } } },
    }),
  );

describe('readSegmentWorkspaces', () => {
  it('knows the addresses of the regions', () => {
    expect(
      workspaces(
        { slug: 'acme', token: TOKEN },
        { slug: 'acme-eu', token: TOKEN, region: 'eu' },
        { slug: 'test', token: TOKEN, endpoint: 'http://127.0.0.1:7099/' },
      ),
    ).toEqual([
      {
        slug: 'acme',
        token: TOKEN,
        publicApi: 'https://api.segmentapis.com',
        app: 'https://app.segment.com',
      },
      {
        slug: 'acme-eu',
        token: TOKEN,
        publicApi: 'https://eu1.api.segmentapis.com',
        app: 'https://eu1.app.segment.com',
      },
      {
        slug: 'test',
        token: TOKEN,
        publicApi: 'http://127.0.0.1:7099',
        app: 'https://app.segment.com',
      },
    ]);
  });

  it('finds none where none is configured', () => {
    expect(readSegmentWorkspaces(mockServices.rootConfig())).toEqual([]);
  });

  it.each([
    ['slug', { slug: undefined }],
    ['slug', { slug: 'acme.prod' }],
    ['slug', { slug: '../acme' }],
    ['slug', { slug: ['acme'] }],
    ['token', { token: undefined }],
    ['token', { token: 'a secret' }],
    ['token', { token: 'secret\r\nHost: x' }],
    ['region', { region: 'secret' }],
    ['endpoint', { endpoint: 'http://secret.example.com' }],
    ['endpoint', { endpoint: 'https://user:secret@example.com' }],
    ['endpoint', { endpoint: 'https://example.com/?secret' }],
    ['endpoint', { endpoint: 'secret' }],
  ])('refuses a wrong %s without repeating it', (key, wrong) => {
    const read = () => workspaces({ slug: 'acme', token: TOKEN, ...wrong });
    expect(read).toThrow(`auditTrail.segment.workspaces[0].${key}: must be `);
    expect(read).not.toThrow(/secret/);
  });

  it('refuses one workspace twice', () => {
    expect(() =>
      workspaces({ slug: 'acme', token: 'a' }, { slug: 'Acme', token: 'b' }),
    ).toThrow('auditTrail.segment.workspaces[1].slug: stands there twice');
  });
});

import {
  SAMPLE_RESOURCES,
  SAMPLE_SECRETS,
  tokenExpired,
  tooManyRequests,
} from '../__testUtils__/examples';
import {
  clientOf,
  manySources,
  startSegment,
  stopSegments,
  type Segment,
} from '../__testUtils__/segment';
import { readResources } from './readResources';

type Options = NonNullable<Parameters<typeof startSegment>[0]>;
type Faults = Extract<Options['faults'], Function>;

const read = (
  segment: { url: string },
  options: { token?: string; timeoutMs?: number; signal?: AbortSignal } = {},
) => {
  const { signal = new AbortController().signal, ...client } = options;
  return readResources({
    client: clientOf(segment, client),
    spaces: true,
    signal,
  });
};

const secondPage = ({ path, query }: { path: string; query: string }) =>
  path === '/sources' && query.includes('cursor');

const pathsOf = ({ requests }: Segment) => requests.map(({ path }) => path);

const json = (status: number, body: unknown) => ({
  status,
  body: JSON.stringify(body),
});

jest.setTimeout(60_000);

describe('readResources', () => {
  afterEach(stopSegments);

  it('reads the workspace, and only what is named', async () => {
    const segment = await startSegment();
    const { workspace, resources, unreadable } = await read(segment);
    expect(workspace).toEqual({ id: 'VWDxzzIpI5', slug: 'acme', name: 'Acme' });
    expect(unreadable).toBe(0);
    expect(resources).toHaveLength(9);
    expect(resources[0]).toEqual({
      type: 'source',
      id: 'q7XcPn2LdT',
      slug: 'web_shop',
      name: 'Web Shop',
      enabled: true,
      kind: { slug: 'javascript', name: 'Javascript' },
      labels: [
        { key: 'environment', value: 'production' },
        { key: 'owner', value: 'web-team' },
      ],
    });
    expect(resources.find(({ type }) => type === 'warehouse')).toEqual({
      type: 'warehouse',
      id: 'HpLcqdFbPX',
      name: 'postgres',
      enabled: true,
      kind: { slug: 'postgres', name: 'Postgres' },
      labels: [],
    });
    expect(resources.at(-1)).toEqual({
      type: 'space',
      id: 'spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
      slug: 'spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
      name: 'Loyalty Program',
      labels: [{ key: 'owner', value: 'commerce' }],
    });
    const text = JSON.stringify(resources);
    for (const secret of Object.values(SAMPLE_SECRETS)) {
      expect(text).not.toContain(secret);
    }
    expect(segment.requests.map(({ headers }) => headers.accept)).toEqual([
      'application/vnd.segment.v1+json',
      'application/vnd.segment.v1+json',
      'application/vnd.segment.v1+json',
      'application/vnd.segment.v1alpha+json',
    ]);
  });

  it('reads three pages, and what stands on two of them once', async () => {
    const sources = manySources(250);
    const segment = await startSegment({
      sources: [...sources, ...sources.slice(0, 7)],
    });
    const { resources } = await read(segment);
    expect(resources.filter(({ type }) => type === 'source')).toHaveLength(250);
    expect(pathsOf(segment).filter(path => path === '/sources')).toHaveLength(
      3,
    );
  });

  it.each([
    ['without that feature', undefined],
    ['with none', []],
  ])('is fine with a workspace %s', async (_, spaces) => {
    const { resources } = await read(await startSegment({ spaces }));
    expect(resources).toHaveLength(7);
  });

  it('waits as long as it is asked to', async () => {
    const sources = manySources(150);
    const segment = await startSegment({
      sources,
      faults: ({ number }) => (number < 4 ? tooManyRequests(1) : undefined),
    });
    const { resources } = await read(segment);
    expect(resources).toHaveLength(154);
    expect(pathsOf(segment)).toEqual([
      ...Array(5).fill('/'),
      '/sources',
      '/sources',
      '/warehouses',
      '/spaces',
    ]);
  });

  it('does not wait for hours, and not for ever', async () => {
    const slow = await startSegment({
      faults: () => tooManyRequests(3_600_000),
    });
    await expect(read(slow)).rejects.toThrow(
      /^Segment's Public API \(GET 127\.0\.0\.1:\d+\/\) answered 429 and asks to wait 3600 seconds$/,
    );
    const never = await startSegment({ faults: () => tooManyRequests(0) });
    await expect(read(never)).rejects.toThrow('answered 429');
    expect([slow.requests.length, never.requests.length]).toEqual([1, 5]);
  });

  it('ends a wait when it is told to stop', async () => {
    const controller = new AbortController();
    const segment = await startSegment({
      faults: () => {
        // After the answer has gone out.
        setImmediate(() => setImmediate(() => controller.abort()));
        return tooManyRequests(4_999);
      },
    });
    await expect(read(segment, { signal: controller.signal })).rejects.toThrow(
      'was not waited for any longer',
    );
  });

  const answers = (body: unknown): Faults => {
    return request => (secondPage(request) ? json(200, body) : undefined);
  };
  const faults: [string, Faults, string][] = [
    ['a 500', () => ({ status: 500 }), '/) answered 500'],
    [
      'a 503 on the second page',
      request => (secondPage(request) ? { status: 503 } : undefined),
      '/sources) answered 503',
    ],
    [
      'a 404 on the second page',
      request =>
        secondPage(request) ? json(404, { errors: [{}] }) : undefined,
      '/sources) answered 404',
    ],
    [
      'a token that expires in between',
      ({ path }) => (path === '/warehouses' ? tokenExpired() : undefined),
      '/warehouses) answered 401: the token has expired, or is not allowed that',
    ],
    [
      'spaces that are forbidden',
      ({ path }) => (path === '/spaces' ? { status: 403 } : undefined),
      '/spaces) answered 403: the token',
    ],
    [
      'a redirect',
      () => ({ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }),
      '/) answered 302',
    ],
    [
      'a connection that breaks',
      ({ path }) => (path === '/spaces' ? { reset: true } : undefined),
      '/spaces) could not be reached',
    ],
    [
      'an endless answer',
      () => ({ endless: true }),
      'more than 10485760 bytes',
    ],
    ['no JSON', () => ({ status: 200, body: '<html>' }), 'form that is not'],
    ['null', () => json(200, null), 'form that is not known'],
    ['no list', answers({ data: { pagination: {} } }), 'form that is not'],
    ['no pagination', answers({ data: { sources: [] } }), 'form that is not'],
    [
      'pages in a circle',
      answers({ data: { sources: [], pagination: { next: 'MTAw' } } }),
      'names the same page again',
    ],
  ];

  it.each(faults)('tells nothing after %s', async (_, fault, message) => {
    const segment = await startSegment({
      sources: manySources(150),
      faults: fault,
    });
    await expect(read(segment)).rejects.toThrow(message);
  });

  it('does not read pages without end', async () => {
    const segment = await startSegment({
      faults: ({ number, path }) =>
        path === '/sources'
          ? json(200, {
              data: { sources: [], pagination: { next: `page ${number}` } },
            })
          : undefined,
    });
    await expect(read(segment)).rejects.toThrow('has more than 200 pages');
    expect(segment.requests).toHaveLength(201);
  });

  it('takes a 404 for a workspace without spaces only from the API', async () => {
    const segment = await startSegment({
      faults: ({ path }) =>
        path === '/spaces' ? { status: 404, body: 'proxy' } : undefined,
    });
    await expect(read(segment)).rejects.toThrow('/spaces) answered 404');
  });

  it('does not wait for an answer for ever', async () => {
    const segment = await startSegment({ faults: () => ({ hang: true }) });
    await expect(read(segment, { timeoutMs: 100 })).rejects.toThrow(
      'did not answer within 0.1 seconds',
    );
  });

  it('counts what has no usable id, and leaves it out', async () => {
    const [source] = SAMPLE_RESOURCES.sources;
    const segment = await startSegment({
      sources: [
        null,
        'source',
        [source],
        { ...source, id: undefined },
        { ...source, id: { $ne: 1 } },
        { ...source, id: 'a,b' },
        { ...source, id: '../x' },
        { ...source, slug: 'a,b', name: { first: 'x' }, labels: 'none' },
      ],
      warehouses: [],
      spaces: [],
    });
    expect(await read(segment)).toMatchObject({
      unreadable: 7,
      resources: [
        { id: source.id, slug: undefined, name: undefined, labels: [] },
      ],
    });
  });
});

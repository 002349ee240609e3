import { DeliveryRejectedError } from 'backstage-plugin-audit-trail-node';
import { DEMO_SOURCE, DEMO_TOKEN } from '../__testUtils__/examples';
import { auditEvent } from '../__testUtils__/auditEvent';
import {
  errorOf,
  segmentForwarder,
  stopTrackingApis,
  trackingApi,
} from '../__testUtils__/segment';

afterEach(stopTrackingApis);

const WRITE_KEY = DEMO_SOURCE.writeKeys[0];
const { signal } = new AbortController();

describe('test', () => {
  const testOf = async (
    options: Parameters<typeof trackingApi>[0] = {},
    config: object = {},
  ) => {
    const api = await trackingApi(options);
    const forwarder = segmentForwarder(api, { config });
    await forwarder.forward({
      events: [auditEvent({ type: 'Audit Trail Destination Tested' })],
      test: true,
      signal,
    });
    return { api, result: forwarder.test!({ signal }) };
  };
  const withToken = { publicApiToken: DEMO_TOKEN };
  const source = (overrides: object) => ({ ...DEMO_SOURCE, ...overrides });

  it('says what it cannot know without a token', async () => {
    const { api, result } = await testOf();
    expect(await result).toEqual({
      proves: [
        expect.stringMatching(
          /^Segment's Tracking API \(127.0.0.1:\d+\) answered/,
        ),
      ],
      doesNotProve: [
        expect.stringMatching(/^That the write key is right: .*publicApiToken/),
        expect.stringMatching(/^That the event arrived in the source/),
      ],
    });
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/batch']);
    expect(
      api.received.map(
        ({ properties }) => properties.backstage_audit_trail.test,
      ),
    ).toEqual([true]);
  });

  it('finds the enabled source among many', async () => {
    const others = Array.from({ length: 250 }, (_, index) =>
      source({ id: `s${index}`, slug: `s-${index}`, writeKeys: [`k${index}`] }),
    );
    const { api, result } = await testOf(
      {
        sources: [
          source({ id: 'old', enabled: false }),
          { ...source({ id: 'cloud' }), writeKeys: undefined },
          ...others,
          source({ id: 'new', name: undefined }),
        ],
        // The old one comes first, so the event itself is lost; not the test.
      },
      withToken,
    );
    expect(await result).toEqual({
      proves: [
        expect.anything(),
        'The enabled source "audit_trail" of this workspace (region us, id new) has this write key.',
      ],
      doesNotProve: [expect.stringMatching(/^That the event arrived/)],
    });
    const pages = api.requests.filter(({ path }) => path === '/sources');
    expect(pages).toHaveLength(3);
  });

  it.each([
    ['none', [source({ writeKeys: ['other'] })], ' (region us). Segment'],
    [
      'only a disabled one',
      [source({ enabled: false })],
      '; the source "Audit Trail" has it, but is disabled',
    ],
  ])('fails clearly if %s has the write key', async (_name, sources, text) => {
    const { result } = await testOf({ sources }, withToken);
    const error = await errorOf(result);
    expect(error).toBeInstanceOf(DeliveryRejectedError);
    expect(error.message).toContain(
      'No enabled source of this workspace has this write key',
    );
    expect(error.message).toContain(text);
    expect(error.message).not.toContain(WRITE_KEY);
  });

  it('fails if the write key is that of another source than configured', async () => {
    const { result } = await testOf({}, { ...withToken, sourceSlug: 'web' });
    const error = await errorOf(result);
    expect(error).toBeInstanceOf(DeliveryRejectedError);
    expect(error.message).toContain('id aT9rKq3vXe, slug audit_trail');
    const { result: right } = await testOf(
      {},
      { ...withToken, sourceSlug: DEMO_SOURCE.slug, sourceId: DEMO_SOURCE.id },
    );
    expect((await right).proves).toHaveLength(2);
  });

  it.each([
    [
      'a wrong token',
      undefined,
      /answered 401: the token has expired, or is not allowed that/,
    ],
    ['an error', { status: 500 }, /answered 500/],
    [
      'no JSON',
      { status: 200, body: '<html>' },
      /answered 200 in a form that is not known/,
    ],
    ['no answer', { reset: true }, /could not be reached/],
  ])('knows no more of the key with %s', async (_name, fault, reason) => {
    const { result } = await testOf(
      {
        faults: ({ path }) => (path === '/sources' ? fault : undefined),
      },
      fault ? withToken : { publicApiToken: 's3cret-token' },
    );
    const { proves, doesNotProve } = await result;
    expect(proves).toHaveLength(1);
    expect(doesNotProve[0]).toMatch(/^That the write key is right: /);
    expect(doesNotProve[0]).toMatch(reason);
    expect(JSON.stringify(doesNotProve)).not.toMatch(/s3cret|demo-public/);
  });
});

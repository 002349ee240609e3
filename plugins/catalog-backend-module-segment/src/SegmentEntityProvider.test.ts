import type { SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import {
  DEMO_TOKEN,
  SAMPLE_RESOURCES,
  SAMPLE_SECRETS,
  tokenExpired,
  tooManyRequests,
} from './__testUtils__/examples';
import {
  clientOf,
  recordingLogger,
  startSegment,
  stopSegments,
} from './__testUtils__/segment';
import { SegmentEntityProvider } from './SegmentEntityProvider';

const OPTIONS = { ownerLabel: 'owner', defaultOwner: 'unknown', spaces: true };

/** A provider with a catalog that only remembers. */
async function provide(
  segment: { url: string },
  { token = DEMO_TOKEN, slug = 'acme', options = OPTIONS } = {},
) {
  const { logger, lines } = recordingLogger();
  const tasks: SchedulerServiceTaskInvocationDefinition[] = [];
  const mutations: EntityProviderMutation[] = [];
  const provider = new SegmentEntityProvider({
    workspace: {
      slug,
      token,
      publicApi: segment.url,
      app: 'https://app.segment.com',
    },
    options,
    taskRunner: {
      run: async task => {
        tasks.push(task);
      },
    },
    logger,
    client: clientOf(segment, { token, timeoutMs: 500 }),
  });
  await provider.connect({
    applyMutation: async mutation => {
      mutations.push(mutation);
    },
    refresh: async () => {},
  });
  return {
    provider,
    lines,
    mutations,
    tasks,
    run: async () => tasks[0].fn(new AbortController().signal),
    /** Names of the entities of each mutation. */
    names: () =>
      mutations.map(mutation =>
        mutation.type === 'full'
          ? mutation.entities.map(({ entity }) => entity.metadata.name)
          : [],
      ),
  };
}

describe('SegmentEntityProvider', () => {
  afterEach(stopSegments);

  it('provides all of a workspace', async () => {
    const { provider, tasks, run, mutations, names, lines } = await provide(
      await startSegment(),
    );
    expect(provider.getProviderName()).toBe('segment-workspace:acme');
    expect(tasks.map(({ id }) => id)).toEqual([
      'segment-workspace:acme:refresh',
    ]);
    await run();
    expect(names()).toEqual([
      [
        'acme.source.web_shop',
        'acme.source.mobile_app',
        'acme.source.payments_api',
        'acme.source.audit_forwarding',
        'acme.source.newsletter',
        'acme.warehouse.HpLcqdFbPX',
        'acme.warehouse.w3NfKe6JxQ',
        'acme.space.default',
        'acme.space.spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
      ],
    ]);
    expect(lines).toEqual([
      'info: Read 9 resources of the Segment workspace acme',
    ]);
    const text = JSON.stringify([mutations, lines]);
    for (const secret of [DEMO_TOKEN, ...Object.values(SAMPLE_SECRETS)]) {
      expect(text).not.toContain(secret);
    }
  });

  it('removes what is gone, and takes nothing twice', async () => {
    const sources = [...SAMPLE_RESOURCES.sources];
    const { run, names } = await provide(
      await startSegment({ sources, warehouses: [], spaces: undefined }),
    );
    await run();
    sources.splice(1, 3);
    await run();
    sources.length = 0;
    await run();
    expect(names().map(({ length }) => length)).toEqual([5, 2, 0]);
  });

  it('does not read spaces if it is not to', async () => {
    const segment = await startSegment();
    const { run, names } = await provide(segment, {
      options: { ...OPTIONS, spaces: false },
    });
    await run();
    expect(names()[0]).toHaveLength(7);
    expect(segment.requests.map(({ path }) => path)).not.toContain('/spaces');
  });

  it.each([
    ['answers 500', { status: 500, body: DEMO_TOKEN }, 'answered 500'],
    ['is asked too often', tooManyRequests(60_000), 'asks to wait 60 seconds'],
    ['does not answer', { hang: true }, 'did not answer within 0.5 seconds'],
    ['takes the token no more', tokenExpired(), 'the token has expired'],
    ['breaks off', { reset: true }, 'could not be reached'],
    [
      'repeats what it was sent',
      { status: 422, body: `{"errors":[{"message":"Bearer ${DEMO_TOKEN}"}]}` },
      'answered 422',
    ],
  ])('leaves all as it is when Segment %s', async (_, fault, message) => {
    const broken = new Set<string>();
    const { run, mutations, lines } = await provide(
      await startSegment({
        faults: ({ path }) => (broken.has(path) ? fault : undefined),
      }),
    );
    await run();
    for (const path of ['/', '/sources', '/warehouses', '/spaces']) {
      broken.clear();
      broken.add(path);
      await run();
    }
    expect(mutations).toHaveLength(1);
    expect(lines.slice(1)).toEqual(
      Array(4).fill(
        expect.stringMatching(
          /^warn: The entities of the Segment workspace acme stay as they are: Segment's Public API \(GET 127\.0\.0\.1:\d+\/\w*\) /,
        ),
      ),
    );
    lines.slice(1).forEach(line => expect(line).toContain(message));
    expect(lines.join()).not.toContain(DEMO_TOKEN);
    broken.clear();
    await run();
    expect(mutations).toHaveLength(2);
    expect(mutations[1]).toEqual(mutations[0]);
  });

  it('takes no token of another workspace', async () => {
    const { run, mutations, lines } = await provide(await startSegment(), {
      slug: 'acme-test',
    });
    await run();
    expect(mutations).toEqual([]);
    expect(lines).toEqual([
      'warn: The entities of the Segment workspace acme-test stay as they are: the token is that of the workspace acme',
    ]);
  });

  it('says how many it had to leave out', async () => {
    const { run, names, lines } = await provide(
      await startSegment({ spaces: [{ id: 'a,b', name: 'token' }] }),
    );
    await run();
    expect(names()[0]).toHaveLength(7);
    expect(lines[1]).toBe(
      'warn: Left out of the Segment workspace acme, for want of an id that can be used: 1',
    );
  });

  it('leaves errors of the catalog to the scheduler', async () => {
    const { run, mutations, lines } = await provide(await startSegment());
    mutations.push = () => {
      throw new Error('the database is away');
    };
    await expect(run()).rejects.toThrow('the database is away');
    expect(lines).toEqual([]);
  });
});

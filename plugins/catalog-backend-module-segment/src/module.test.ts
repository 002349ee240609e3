import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  DEMO_TOKEN,
  SAMPLE_RESOURCES,
  SAMPLE_SECRETS,
} from './__testUtils__/examples';
import {
  recordingLogger,
  startSegment,
  stopSegments,
} from './__testUtils__/segment';
import { waitUntil } from './__testUtils__/waitUntil';
import { catalogModuleSegment } from './module';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** A backend with the catalog and its scheduler, as a portal has them. */
async function startCatalog(workspaces: object[]) {
  const { logger, lines } = recordingLogger();
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleSegment,
      schedulerServiceFactory,
      createServiceFactory({
        service: coreServices.logger,
        deps: {},
        factory: () => logger,
      }),
      mockServices.rootConfig.factory({
        data: {
          auditTrail: { segment: { workspaces: workspaces as any } },
          catalog: {
            providers: {
              segment: {
                defaultOwner: 'data-platform',
                schedule: {
                  frequency: { seconds: 1 },
                  timeout: { seconds: 30 },
                },
              },
            },
          },
        },
      }),
    ],
  });
  return { backend, lines };
}

/** The catalog's entities by their names. */
async function entitiesOf({ server }: Backend): Promise<Map<string, Entity>> {
  const response = await fetch(
    `http://localhost:${server.port()}/api/catalog/entities`,
    { headers: { authorization: mockCredentials.service.header() } },
  );
  expect(response.status).toBe(200);
  const entities: Entity[] = await response.json();
  return new Map(entities.map(entity => [entity.metadata.name, entity]));
}

describe('catalogModuleSegment', () => {
  afterEach(stopSegments);

  it('brings the resources of each workspace into the catalog', async () => {
    let isBroken = true;
    const acme = await startSegment();
    const test = await startSegment({
      workspace: { id: 'ws2', slug: 'acme-test' },
      sources: SAMPLE_RESOURCES.sources.slice(0, 2),
      warehouses: [],
      spaces: undefined,
      faults: ({ path }) =>
        isBroken && path === '/warehouses' ? { status: 500 } : undefined,
    });
    const { backend, lines } = await startCatalog([
      { slug: 'acme', token: DEMO_TOKEN, endpoint: acme.url },
      { slug: 'acme-test', token: DEMO_TOKEN, endpoint: test.url },
    ]);
    const has = async (count: number) =>
      (await entitiesOf(backend)).size === count;

    await waitUntil('one workspace is there', () => has(9));
    await waitUntil('the other one was tried', () =>
      lines.some(line => line.startsWith('warn: The entities of the Segment')),
    );
    isBroken = false;
    await waitUntil('both are there', () => has(11));

    const entities = await entitiesOf(backend);
    expect(entities.get('acme.source.web_shop')).toMatchObject({
      kind: 'Resource',
      metadata: {
        title: 'Web Shop',
        annotations: {
          'segment.com/workspace': 'VWDxzzIpI5',
          'segment.com/source-id': 'q7XcPn2LdT,web_shop',
        },
        labels: { 'segment.com/environment': 'production' },
        tags: ['enabled', 'javascript'],
      },
      spec: { type: 'segment-source', owner: 'group:default/web-team' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/web-team' }],
    });
    expect(entities.get('acme.warehouse.HpLcqdFbPX')).toMatchObject({
      metadata: { title: 'postgres' },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/data-platform' },
      ],
    });
    expect(entities.get('acme-test.source.web_shop')).toMatchObject({
      metadata: { annotations: { 'segment.com/workspace': 'ws2' } },
    });

    // The catalog had nothing to say against any of them.
    const warnings = lines.filter(line => /^(warn|error)/.test(line));
    expect(new Set(warnings)).toEqual(
      new Set([
        `warn: The entities of the Segment workspace acme-test stay as they are: Segment's Public API (GET ${
          new URL(test.url).host
        }/warehouses) answered 500`,
      ]),
    );
    const text = JSON.stringify([[...entities.values()], lines]);
    for (const secret of [DEMO_TOKEN, ...Object.values(SAMPLE_SECRETS)]) {
      expect(text).not.toContain(secret);
    }
    await backend.stop();
  }, 60_000);

  it('needs no workspace', async () => {
    const { backend } = await startCatalog([]);
    expect(await entitiesOf(backend)).toEqual(new Map());
    await backend.stop();
  });

  it('says what is wrong in the config, and not what stands there', async () => {
    await expect(
      startCatalog([{ slug: 'acme', token: 'a secret' }]),
    ).rejects.toThrow(
      /auditTrail\.segment\.workspaces\[0\]\.token: must be a token of Segment's Public API(?!.*a secret)/,
    );
  });
});

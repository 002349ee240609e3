import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { EVERYTHING, type AuditEventCriteria } from '../database/criteria';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseResourceOwnersStore } from '../database/DatabaseResourceOwnersStore';
import { CatalogOwnershipSync } from './CatalogOwnershipSync';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

const group = (name: string, ...parents: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  relations: parents.map(targetRef => ({ type: 'childOf', targetRef })),
});

const entity = (name: string, sourceId: string, owners: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name,
    annotations: {
      'segment.com/source-id': sourceId,
      'segment.com/workspace': 'ws1',
    },
  },
  relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
});

describe.each(databases.eachSupportedId())(
  'CatalogOwnershipSync on %s',
  databaseId => {
    it('follows the catalog, and keeps what it knows while that is away', async () => {
      const knex = await databases.init(databaseId);
      const owners = DatabaseResourceOwnersStore.create({ knex });
      const logger = mockServices.logger.mock();
      const scheduled: (() => Promise<void>)[] = [];
      const syncWith = async (
        catalog: ReturnType<typeof catalogServiceMock>,
      ) => {
        const sync = CatalogOwnershipSync.create({
          auth: mockServices.auth(),
          catalog,
          logger,
          owners,
        });
        await sync.start(
          mockServices.scheduler.mock({
            scheduleTask: async task => {
              scheduled.push(task.fn as () => Promise<void>);
            },
          }),
        );
        await scheduled.pop()!();
      };

      await syncWith(
        catalogServiceMock({
          entities: [
            entity('shop', 's1, web-shop', [
              'group:default/Web',
              'user:default/jo',
            ]),
            entity('unowned', 's2', []),
            // Neither must keep the others from being known.
            entity('odd', `${'x'.repeat(4_000)}, a\0b`, ['group:default/odd']),
            entity('odder', 's3', [`group:default/${'x'.repeat(4_000)}`]),
            ...Array.from({ length: 1_200 }, (_, n) =>
              entity(`many-${n}`, `many-${n}`, ['group:default/many']),
            ),
          ],
        }),
      );
      expect((await owners.ownersOf(['segment:source:s1'])).sort()).toEqual([
        'group:default/web',
        'user:default/jo',
      ]);
      expect(
        await owners.ownersOf(['segment:source:ws1/web-shop']),
      ).toHaveLength(2);
      expect(
        await owners.ownersOf(['entity:resource:default/shop']),
      ).toHaveLength(2);
      expect(await owners.ownersOf(['segment:source:s2'])).toEqual([]);
      expect(await owners.ownersOf(['segment:source:many-1199'])).toHaveLength(
        1,
      );

      const away = catalogServiceMock.mock({
        streamEntities: () => {
          throw new Error('the catalog is away');
        },
      });
      await syncWith(away as never);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringMatching(/the last known state stays in force/),
        expect.objectContaining({ message: 'the catalog is away' }),
      );
      expect(await owners.ownersOf(['segment:source:s1'])).toHaveLength(2);

      await syncWith(
        catalogServiceMock({
          entities: [entity('shop', 's1', ['group:default/new'])],
        }),
      );
      expect(await owners.ownersOf(['segment:source:s1'])).toEqual([
        'group:default/new',
      ]);
      expect(await knex('audit_resource_owners')).toHaveLength(3);
    });

    describe('whose events somebody sees', () => {
      const JO = ['user:default/jo'];
      const WEB = ['user:default/wim', 'group:default/web'];
      const CHECKOUT = ['user:default/cho', 'group:default/checkout'];
      const CARTS = ['user:default/cas', 'group:default/carts'];
      const SALES = ['user:default/sia', 'group:default/sales'];

      /** What each one sees of events on s1 and s2, by the catalog's entities. */
      async function setUp() {
        const knex = await databases.init(databaseId);
        const store = DatabaseAuditEventsStore.create({ knex });
        const owners = DatabaseResourceOwnersStore.create({ knex });
        await store.append(
          ['s1', 's2'].map(id =>
            auditEvent({ resource: { key: `segment:source:${id}` } }),
          ),
        );
        const list = async (criteria: AuditEventCriteria) =>
          (await store.list({ criteria, order: 'asc', limit: 10 })).map(
            event => event.resource.id,
          );
        return {
          seenBy: (claims: string[]) => list({ ownedBy: claims }),
          seenByOwners: () => list(EVERYTHING),
          catalogIs: (...entities: Entity[]) =>
            CatalogOwnershipSync.create({
              auth: mockServices.auth(),
              catalog: catalogServiceMock({ entities }),
              logger: mockServices.logger.mock(),
              owners,
            }).sync(),
        };
      }

      it('is by themselves, by each of several owners, and by each of several entities', async () => {
        const { catalogIs, seenBy } = await setUp();
        await catalogIs(
          entity('shop', 's1', ['User:Default/Jo', 'group:default/web']),
          // Another entity that stands for the same source.
          entity('shop-again', 's1', ['group:default/sales']),
        );
        expect(await seenBy(JO)).toEqual(['s1']);
        expect(await seenBy(WEB)).toEqual(['s1']);
        expect(await seenBy(SALES)).toEqual(['s1']);
        expect(await seenBy(CHECKOUT)).toEqual([]);
      });

      it('is by any group above theirs, never by one below, also if groups go in circles', async () => {
        const { catalogIs, seenBy } = await setUp();
        const shop = entity('shop', 's1', ['group:default/web']);
        const ofCheckout = entity('pay', 's2', ['group:default/checkout']);
        await catalogIs(
          shop,
          ofCheckout,
          group('web'),
          group('checkout', 'Group:default/WEB'),
          group('carts', 'group:default/checkout'),
        );
        expect(await seenBy(WEB)).toEqual(['s1']);
        expect(await seenBy(CHECKOUT)).toEqual(['s1', 's2']);
        expect(await seenBy(CARTS)).toEqual(['s1', 's2']);

        await catalogIs(
          shop,
          ofCheckout,
          group('web', 'group:default/carts'),
          group('checkout', 'group:default/web'),
          group('carts', 'group:default/carts'),
        );
        expect(await seenBy(CHECKOUT)).toEqual(['s1', 's2']);
        expect(await seenBy(CARTS)).toEqual([]);
        expect(await seenBy(WEB)).toEqual(['s1']);

        // The group has moved elsewhere.
        await catalogIs(
          shop,
          group('web'),
          group('checkout', 'group:default/sales'),
        );
        expect(await seenBy(CHECKOUT)).toEqual([]);
      });

      it('follows an entity to its new owner, and ends with the entity', async () => {
        const { catalogIs, seenBy, seenByOwners } = await setUp();
        await catalogIs(entity('shop', 's1', ['group:default/web']));
        await catalogIs(entity('shop', 's1', ['group:default/sales']));
        expect(await seenBy(WEB)).toEqual([]);
        // With its past: events belong to the resource, not to its owner then.
        expect(await seenBy(SALES)).toEqual(['s1']);

        await catalogIs(entity('other', 's2', ['group:default/sales']));
        expect(await seenBy(SALES)).toEqual(['s2']);
        expect(await seenByOwners()).toEqual(['s1', 's2']);
      });
    });
  },
);

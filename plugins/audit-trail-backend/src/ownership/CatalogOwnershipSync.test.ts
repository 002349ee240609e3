import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { DatabaseResourceOwnersStore } from '../database/DatabaseResourceOwnersStore';
import { CatalogOwnershipSync } from './CatalogOwnershipSync';

jest.setTimeout(60_000);

const databases = new TestTrailDatabases();

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
  },
);

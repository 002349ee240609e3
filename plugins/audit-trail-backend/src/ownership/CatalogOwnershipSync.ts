import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityResourceKeys } from 'backstage-plugin-audit-trail-common';
import type {
  DatabaseResourceOwnersStore,
  ResourceOwner,
} from '../database/DatabaseResourceOwnersStore';
import { groupAncestors } from './groupAncestors';

interface CatalogOwnershipSyncOptions {
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  owners: DatabaseResourceOwnersStore;
}

const isStorable = (ref: string) =>
  Buffer.byteLength(ref) <= 512 && !ref.includes('\0');

const isGroup = (entity: Entity) =>
  entity.kind.toLocaleLowerCase('en-US') === 'group' &&
  isStorable(stringifyEntityRef(entity));

/**
 * Keeps the tables of resource owners and of groups true from the catalog: every 30 seconds,
 * on one replica at a time, it reads all entities and writes what changed.
 * While the catalog cannot be read, the last known state stays.
 */
export class CatalogOwnershipSync {
  readonly #options: CatalogOwnershipSyncOptions;

  static create(options: CatalogOwnershipSyncOptions): CatalogOwnershipSync {
    return new CatalogOwnershipSync(options);
  }

  private constructor(options: CatalogOwnershipSyncOptions) {
    this.#options = options;
  }

  /** Runs from now on by the scheduler. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'audit-trail-ownership-sync',
      frequency: { seconds: 30 },
      // A catalog that starts empty has read its first locations by then.
      initialDelay: { seconds: 5 },
      timeout: { minutes: 5 },
      fn: async () => {
        try {
          await this.sync();
        } catch (error) {
          this.#options.logger.warn(
            'Could not read who owns what from the catalog; the last known state stays in force',
            toError(error),
          );
        }
      },
    });
  }

  /** Reads the catalog and writes what changed. */
  async sync(): Promise<void> {
    const { auth, catalog, owners } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const found: ResourceOwner[] = [];
    const parents = new Map<string, string[]>();
    const pages = catalog.streamEntities(
      {
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
          'relations',
        ],
      },
      { credentials },
    );
    for await (const entities of pages) {
      found.push(...entities.flatMap(ownersOfEntity));
      for (const group of entities.filter(isGroup)) {
        parents.set(
          stringifyEntityRef(group),
          targetsOf(group, RELATION_CHILD_OF),
        );
      }
    }
    await owners.replaceAll(found, groupAncestors(parents));
  }
}

/** What an entity is related to in one way. */
function targetsOf(entity: Entity, type: string): string[] {
  return (
    (entity.relations ?? [])
      .filter(relation => relation.type === type)
      .map(relation => relation.targetRef.toLocaleLowerCase('en-US'))
      // Anyone may write an entity: what no index takes must not stop the rest.
      .filter(isStorable)
  );
}

function ownersOfEntity(entity: Entity): ResourceOwner[] {
  const entityRef = stringifyEntityRef(entity);
  if (!isStorable(entityRef)) {
    return [];
  }
  const ownerRefs: (string | undefined)[] = targetsOf(
    entity,
    RELATION_OWNED_BY,
  );
  return entityResourceKeys(entity).flatMap(resourceKey =>
    (ownerRefs.length > 0 ? ownerRefs : [undefined]).map(ownerRef => ({
      resourceKey,
      entityRef,
      ownerRef,
    })),
  );
}

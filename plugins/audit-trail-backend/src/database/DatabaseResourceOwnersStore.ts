import type { Knex } from 'knex';
import { ownedResourceKeys } from './ownership';

/** An entity that stands for a resource, and one of its owners. */
export interface ResourceOwner {
  resourceKey: string;
  entityRef: string;
  /** `undefined` if no one owns the entity. */
  ownerRef?: string;
}

/** A group and one above it, at any distance. */
export interface GroupAncestor {
  groupRef: string;
  ancestorRef: string;
}

/** SQLite takes no more. */
const ROWS_PER_STATEMENT = 500;

function* chunks<T>(items: T[]): Iterable<T[]> {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
    yield items.slice(at, at + ROWS_PER_STATEMENT);
  }
}

type Row = Record<string, string>;

/** Makes a table say just this; all of its columns together are its key. */
async function replaceRows(
  tx: Knex.Transaction,
  table: string,
  columns: string[],
  rows: Row[],
): Promise<void> {
  const identify = (row: Row) =>
    JSON.stringify(columns.map(column => row[column]));
  const wanted = new Map(rows.map(row => [identify(row), row]));
  const present: Row[] = await tx(table).select(columns);
  const obsolete = present.filter(row => !wanted.delete(identify(row)));
  for (const chunk of chunks(obsolete)) {
    await tx(table)
      .whereIn(
        columns,
        chunk.map(row => columns.map(column => row[column])),
      )
      .delete();
  }
  for (const chunk of chunks([...wanted.values()])) {
    await tx(table).insert(chunk).onConflict(columns).ignore();
  }
}

/** Keeps who owns which resource, and which groups stand above which. */
export class DatabaseResourceOwnersStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseResourceOwnersStore {
    return new DatabaseResourceOwnersStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Makes the tables say just this, in one transaction. */
  async replaceAll(
    owners: ResourceOwner[],
    groupAncestors: GroupAncestor[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await replaceRows(
        tx,
        'audit_resource_owners',
        ['owner_ref', 'resource_key', 'entity_ref'],
        owners.map(owner => ({
          resource_key: owner.resourceKey,
          entity_ref: owner.entityRef,
          owner_ref: owner.ownerRef ?? '',
        })),
      );
      await replaceRows(
        tx,
        'audit_group_ancestors',
        ['group_ref', 'ancestor_ref'],
        groupAncestors.map(({ groupRef, ancestorRef }) => ({
          group_ref: groupRef,
          ancestor_ref: ancestorRef,
        })),
      );
    });
  }

  /**
   * Keys of the resources that one of some users and groups owns, by
   * themselves or by a group above; in order.
   */
  async resourceKeysOwnedBy(ownerRefs: string[]): Promise<string[]> {
    return ownedResourceKeys(this.#knex, ownerRefs)
      .distinct('resource_key')
      .orderBy('resource_key')
      .pluck('resource_key');
  }

  /** Whether some users and groups own anything at all. */
  async ownAnything(ownerRefs: string[]): Promise<boolean> {
    return Boolean(await ownedResourceKeys(this.#knex, ownerRefs).first());
  }

  /** Users and groups that own one of some resources by themselves. */
  async ownersOf(resourceKeys: string[]): Promise<string[]> {
    return this.#knex('audit_resource_owners')
      .distinct('owner_ref')
      .whereIn('resource_key', resourceKeys)
      .whereNot({ owner_ref: '' })
      .pluck('owner_ref');
  }

  /** Some users and groups, and all groups above them. */
  async withGroupsAbove(refs: string[]): Promise<string[]> {
    const above: string[] = await this.#knex('audit_group_ancestors')
      .distinct('ancestor_ref')
      .whereIn('group_ref', refs)
      .pluck('ancestor_ref');
    return [...new Set([...refs, ...above])];
  }
}

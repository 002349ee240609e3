import type { Knex } from 'knex';

/** An entity that stands for a resource, and one of its owners. */
export interface ResourceOwner {
  resourceKey: string;
  entityRef: string;
  /** `undefined` if no one owns the entity. */
  ownerRef?: string;
}

interface ResourceOwnerRow {
  resource_key: string;
  entity_ref: string;
  owner_ref: string;
}

/** SQLite takes no more. */
const ROWS_PER_STATEMENT = 500;

/** Columns that make a row. */
const KEY: (keyof ResourceOwnerRow)[] = [
  'owner_ref',
  'resource_key',
  'entity_ref',
];

const identify = (row: ResourceOwnerRow) =>
  JSON.stringify(KEY.map(column => row[column]));

function* chunks<T>(items: T[]): Iterable<T[]> {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
    yield items.slice(at, at + ROWS_PER_STATEMENT);
  }
}

/** Keeps who owns which resource. */
export class DatabaseResourceOwnersStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseResourceOwnersStore {
    return new DatabaseResourceOwnersStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Makes the table say just this, in one transaction. */
  async replaceAll(owners: ResourceOwner[]): Promise<void> {
    const wanted = new Map(
      owners
        .map(owner => ({
          resource_key: owner.resourceKey,
          entity_ref: owner.entityRef,
          owner_ref: owner.ownerRef ?? '',
        }))
        .map(row => [identify(row), row] as const),
    );
    await this.#knex.transaction(async tx => {
      const present: ResourceOwnerRow[] = await tx('audit_resource_owners');
      const obsolete = present.filter(row => !wanted.delete(identify(row)));
      for (const rows of chunks(obsolete)) {
        await tx('audit_resource_owners')
          .whereIn(
            KEY,
            rows.map(row => KEY.map(column => row[column])),
          )
          .delete();
      }
      for (const rows of chunks([...wanted.values()])) {
        await tx('audit_resource_owners').insert(rows).onConflict(KEY).ignore();
      }
    });
  }

  /** Keys of the resources that one of some users and groups owns, in order. */
  async resourceKeysOwnedBy(ownerRefs: string[]): Promise<string[]> {
    return this.#knex('audit_resource_owners')
      .distinct('resource_key')
      .whereIn('owner_ref', ownerRefs.filter(Boolean))
      .orderBy('resource_key')
      .pluck('resource_key');
  }

  /** Users and groups that own one of some resources. */
  async ownersOf(resourceKeys: string[]): Promise<string[]> {
    return this.#knex('audit_resource_owners')
      .distinct('owner_ref')
      .whereIn('resource_key', resourceKeys)
      .whereNot({ owner_ref: '' })
      .pluck('owner_ref');
  }
}

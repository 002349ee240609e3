import type { Knex } from 'knex';

/**
 * A query for the keys of the resources that one of some users and groups owns:
 * by themselves, or by a group above one of the groups.
 */
export function ownedResourceKeys(
  knex: Knex,
  ownerRefs: string[],
): Knex.QueryBuilder {
  // An empty owner stands for none.
  const refs = ownerRefs.filter(Boolean);
  return knex('audit_resource_owners')
    .select('resource_key')
    .where(query =>
      query
        .whereIn('owner_ref', refs)
        .orWhereIn(
          'owner_ref',
          knex('audit_group_ancestors')
            .select('ancestor_ref')
            .whereIn('group_ref', refs),
        ),
    );
}

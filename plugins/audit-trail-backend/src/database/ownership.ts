import type { Knex } from 'knex';

/**
 * A query for some users and groups, and all groups above these: whatever one
 * of them owns, they own.
 */
export function withGroupsAbove(
  knex: Knex,
  ownerRefs: string[],
): Knex.QueryBuilder {
  // An empty owner stands for none.
  const refs = ownerRefs.filter(Boolean);
  return knex('audit_group_ancestors')
    .select('ancestor_ref')
    .whereIn('group_ref', refs)
    .unionAll(refs.map(ref => knex.select(knex.raw('?', [ref]))));
}

/**
 * A query for the keys of the resources that one of some users and groups owns:
 * by themselves, or by a group above one of the groups.
 */
export function ownedResourceKeys(
  knex: Knex,
  ownerRefs: string[],
): Knex.QueryBuilder {
  // One list of owners, as an `or` would keep PostgreSQL from a join.
  return knex('audit_resource_owners')
    .select('resource_key')
    .whereIn('owner_ref', withGroupsAbove(knex, ownerRefs));
}

import type { Area } from './Area';

/**
 * Category of what the portal's plugins do, whether the catalogue knows the
 * activity or not.
 *
 * @public
 */
export const PORTAL_CATEGORY = 'portal';

/**
 * What plugins of the portal do, as they tell it to Backstage's auditor: those
 * that come with Backstage. What others do stands in this area too.
 */
export const PORTAL_AREA: Area = {
  id: PORTAL_CATEGORY,
  label: 'Portal',
  activities: [
    ['catalog.entity-fetch', 'Catalog Entities Read', 'read'],
    ['catalog.entity-facets', 'Catalog Facets Read', 'read'],
    ['catalog.entity-mutate', 'Catalog Entity Changed', 'changed'],
    ['catalog.entity-validate', 'Catalog Entity Validated', 'validated'],
    ['catalog.location-fetch', 'Catalog Locations Read', 'read'],
    ['catalog.location-mutate', 'Catalog Location Changed', 'changed'],
    ['catalog.location-analyze', 'Catalog Location Analyzed', 'analyzed'],
    ['scaffolder.task', 'Software Template Run', 'run'],
    ['scaffolder.template-parameter-schema', 'Software Template Read', 'read'],
    [
      'scaffolder.installed-actions-fetch',
      'Software Template Actions Read',
      'read',
    ],
  ],
};

/**
 * An activity's id for people: `todo.list-clear` is `Todo List Clear`.
 *
 * @public
 */
export function portalLabel(type: string): string {
  return type
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}

import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';

/**
 * Whether the trail serves a reader on an entity's page. Hiding is a courtesy
 * only, as the backend decides on every request: so it does as long as nothing
 * is known of the reader.
 */
export function servesReader(
  access: AuditTrailAccess | undefined,
  entity: Pick<Entity, 'relations'>,
): boolean {
  switch (access?.entities) {
    case 'none':
      return false;
    case 'owned':
      return entityOwners(entity).some(owner =>
        access.ownerRefs?.includes(owner.toLocaleLowerCase('en-US')),
      );
    default:
      return true;
  }
}

/** Who owns an entity, as entity refs. */
export function entityOwners(entity: Pick<Entity, 'relations'>): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}

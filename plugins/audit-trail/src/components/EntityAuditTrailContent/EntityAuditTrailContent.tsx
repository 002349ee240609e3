import { stringifyEntityRef } from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useAccess } from '../../hooks';
import { servesReader } from '../../model/entityAccess';
import { AuditTrail } from '../AuditTrail';
import { NoEntityAccess } from '../NoAccess';

/**
 * The whole history of an entity. The page's gate is not asked: an entity's
 * owners see this though the page does not serve them.
 */
export function EntityAuditTrailContent() {
  const { entity } = useEntity();
  const { value: access, error } = useAccess();
  if (!access && !error) {
    return <Progress />;
  }
  return access && !servesReader(access, entity) ? (
    <NoEntityAccess entity={entity} access={access} />
  ) : (
    // If the question failed, the backend gives the answer with the events.
    <AuditTrail
      // Another entity's history begins with nothing of this one.
      key={stringifyEntityRef(entity)}
      entityRef={stringifyEntityRef(entity)}
      canExport={access?.export ?? false}
    />
  );
}

import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useAccess } from '../../hooks';
import { AuditTrail } from '../AuditTrail';

/**
 * The whole history of an entity. The page's gate is not asked: an entity's
 * owners see this though the page does not serve them.
 */
export function EntityAuditTrailContent() {
  const { entity } = useEntity();
  const { value: access } = useAccess();
  return (
    <AuditTrail
      entityRef={stringifyEntityRef(entity)}
      canExport={access?.export ?? false}
    />
  );
}

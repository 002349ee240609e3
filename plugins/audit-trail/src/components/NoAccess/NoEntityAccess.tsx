import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityDisplayName,
  EntityRefLinks,
} from '@backstage/plugin-catalog-react';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { entityOwners } from '../../model/entityAccess';
import { StatePanel } from '../StatePanel';

/** Tells who may not see an entity's trail what is missing and whom to ask. */
export function NoEntityAccess(props: {
  entity: Entity;
  access: AuditTrailAccess;
}) {
  const { entity, access } = props;
  const { t } = useTranslation();
  const owners = entityOwners(entity);
  const name = <EntityDisplayName entityRef={entity} hideIcon disableTooltip />;
  return (
    <StatePanel icon={<LockOutlinedIcon />} title={t('noAccess.entityTitle')}>
      <Typography>
        {access.entities === 'none'
          ? t('noAccess.entityDenied', { name })
          : t('noAccess.entityNotOwned', { name })}
      </Typography>
      {owners.length > 0 && (
        <Typography>
          {t('noAccess.entityOwner', {
            owners: <EntityRefLinks entityRefs={owners} />,
          })}
        </Typography>
      )}
      {access.owners.length > 0 && (
        <Typography>
          {t('noAccess.trailOwners', {
            owners: <EntityRefLinks entityRefs={access.owners} />,
          })}
        </Typography>
      )}
    </StatePanel>
  );
}

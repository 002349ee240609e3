import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityDisplayName,
  EntityRefLinks,
} from '@backstage/plugin-catalog-react';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import { entityOwners } from '../../model/entityAccess';
import { StatePanel } from '../StatePanel';

/** Tells who may not see an entity's trail what is missing and whom to ask. */
export function NoEntityAccess(props: {
  entity: Entity;
  access: AuditTrailAccess;
}) {
  const { entity, access } = props;
  const owners = entityOwners(entity);
  const name = <EntityDisplayName entityRef={entity} hideIcon disableTooltip />;
  return (
    <StatePanel
      icon={<LockOutlinedIcon />}
      title="You have no access to this Audit Trail"
    >
      <Typography>
        {access.entities === 'none' ? (
          <>
            This portal's permission policy does not let you see what happened
            to {name}.
          </>
        ) : (
          <>
            What happened to {name} is shown to those who own it and to the
            Owners of the Audit Trail.
          </>
        )}
      </Typography>
      {owners.length > 0 && (
        <Typography>
          Its owner, whom you can ask: <EntityRefLinks entityRefs={owners} />
        </Typography>
      )}
      {access.owners.length > 0 && (
        <Typography>
          The Owners of the Audit Trail:{' '}
          <EntityRefLinks entityRefs={access.owners} />
        </Typography>
      )}
    </StatePanel>
  );
}

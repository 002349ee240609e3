import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { auditTrailDestinationReadPermission } from 'backstage-plugin-audit-trail-common';
import { StatePanel } from '../StatePanel';

/** Tells who may see the trail, but not where it goes, what is missing. */
export function NoForwardingAccess(props: {
  /** Whom to ask, as entity refs. */
  owners: string[];
}) {
  const { owners } = props;
  return (
    <StatePanel
      icon={<LockOutlinedIcon />}
      title="You have no access to Forwarding"
    >
      <Typography>
        Where the trail is sent is shown to its Owners. This portal's permission
        policy does not give you{' '}
        <code>{auditTrailDestinationReadPermission.name}</code>.
      </Typography>
      {owners.length > 0 && (
        <Typography>
          To get access, ask: <EntityRefLinks entityRefs={owners} />
        </Typography>
      )}
    </StatePanel>
  );
}

import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { CodeSnippet } from '@backstage/core-components';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import type { ReactNode } from 'react';
import { StatePanel } from '../StatePanel';

const OWNERS_CONFIG = `auditTrail:
  owners:
    - group:default/platform-team
    - user:default/jane`;

const WHY = {
  'not-an-owner':
    'The Audit Trail shows everything that happened, so it opens for its Owners only.',
  'denied-by-policy':
    "This portal's permission policy does not let you open the Audit Trail.",
};

/** Tells who may not see the page what is missing and whom to ask. */
export function NoAccess(props: {
  access: AuditTrailAccess;
  /** What else there is to say. */
  children?: ReactNode;
}) {
  const { owners, reason } = props.access;
  if (reason === 'no-owners-configured') {
    return (
      <StatePanel
        icon={<LockOutlinedIcon />}
        title="The Audit Trail has no Owners yet"
      >
        <Typography>
          Only Owners see this page, and none are configured. Name the groups or
          users in the portal's app-config and restart the backend:
        </Typography>
        <CodeSnippet text={OWNERS_CONFIG} language="yaml" showCopyCodeButton />
        {props.children}
      </StatePanel>
    );
  }
  return (
    <StatePanel
      icon={<LockOutlinedIcon />}
      title="You have no access to the Audit Trail"
    >
      <Typography>{WHY[reason ?? 'not-an-owner']}</Typography>
      {owners.length > 0 && (
        <Typography>
          To get access, ask: <EntityRefLinks entityRefs={owners} />
        </Typography>
      )}
      <Typography variant="body2" color="textSecondary">
        What happened to an entity that you own stands on the Audit Trail tab of
        that entity's page.
      </Typography>
      {props.children}
    </StatePanel>
  );
}

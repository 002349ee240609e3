import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { CodeSnippet } from '@backstage/core-components';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import type { AuditTrailAccess } from 'backstage-plugin-audit-trail-common';
import type { ReactNode } from 'react';
import { useTranslation } from '../../hooks';
import { StatePanel } from '../StatePanel';

const OWNERS_CONFIG = `auditTrail:
  owners:
    - group:default/platform-team
    - user:default/jane`;

const WHY = {
  'not-an-owner': 'noAccess.notAnOwner',
  'denied-by-policy': 'noAccess.deniedByPolicy',
} as const;

/** Tells who may not see the page what is missing and whom to ask. */
export function NoAccess(props: {
  access: AuditTrailAccess;
  /** What else there is to say. */
  children?: ReactNode;
}) {
  const { owners, reason } = props.access;
  const { t } = useTranslation();
  if (reason === 'no-owners-configured') {
    return (
      <StatePanel
        icon={<LockOutlinedIcon />}
        title={t('noAccess.noOwnersTitle')}
      >
        <Typography>{t('noAccess.noOwners')}</Typography>
        <CodeSnippet text={OWNERS_CONFIG} language="yaml" showCopyCodeButton />
        {props.children}
      </StatePanel>
    );
  }
  return (
    <StatePanel icon={<LockOutlinedIcon />} title={t('noAccess.title')}>
      <Typography>{t(WHY[reason ?? 'not-an-owner'])}</Typography>
      {owners.length > 0 && (
        <Typography>
          {t('noAccess.ask', {
            owners: <EntityRefLinks entityRefs={owners} />,
          })}
        </Typography>
      )}
      <Typography variant="body2" color="textSecondary">
        {t('noAccess.entityHint')}
      </Typography>
      {props.children}
    </StatePanel>
  );
}

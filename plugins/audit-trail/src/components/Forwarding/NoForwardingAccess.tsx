import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { auditTrailDestinationReadPermission } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { StatePanel } from '../StatePanel';

/** Tells who may see the trail, but not where it goes, what is missing. */
export function NoForwardingAccess(props: {
  /** Whom to ask, as entity refs. */
  owners: string[];
}) {
  const { owners } = props;
  const { t } = useTranslation();
  return (
    <StatePanel
      icon={<LockOutlinedIcon />}
      title={t('noAccess.forwardingTitle')}
    >
      <Typography>
        {t('noAccess.forwarding', {
          permission: <code>{auditTrailDestinationReadPermission.name}</code>,
        })}
      </Typography>
      {owners.length > 0 && (
        <Typography>
          {t('noAccess.ask', {
            owners: <EntityRefLinks entityRefs={owners} />,
          })}
        </Typography>
      )}
    </StatePanel>
  );
}

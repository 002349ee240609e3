import { Content, Progress } from '@backstage/core-components';
import {
  useAccess,
  useEventPathRedirect,
  usePageTab,
  useTranslation,
  useViewOfTab,
} from '../../hooks';
import { AuditTrail } from '../AuditTrail';
import { Forwarding, NoForwardingAccess } from '../Forwarding';
import { NoAccess } from '../NoAccess';
import { LinkedEvent } from './LinkedEvent';
import { RetryAlert } from '../RetryAlert';

function GatedPage() {
  const { t } = useTranslation();
  const tab = usePageTab();
  const redirecting = useEventPathRedirect();
  const returning = useViewOfTab(redirecting ? undefined : tab);
  const { value: access, error, retry } = useAccess();
  if (error) {
    return (
      <RetryAlert what={t('page.accessFailed')} error={error} onRetry={retry} />
    );
  }
  if (!access || redirecting || returning) {
    return <Progress />;
  }
  if (!access.page) {
    return (
      <NoAccess access={access}>
        <LinkedEvent />
      </NoAccess>
    );
  }
  if (tab === 'activity') {
    return <AuditTrail canExport={access.export} />;
  }
  return access.forwarding ? (
    <Forwarding />
  ) : (
    <NoForwardingAccess owners={access.owners} />
  );
}

/** The Audit Trail page below its header and tabs. */
export function AuditTrailPage() {
  return (
    <Content>
      <GatedPage />
    </Content>
  );
}

import { Content, Progress } from '@backstage/core-components';
import { useAccess, useEventPathRedirect } from '../../hooks';
import { AuditTrail } from '../AuditTrail';
import { NoAccess } from '../NoAccess';
import { LinkedEvent } from './LinkedEvent';
import { RetryAlert } from '../RetryAlert';

function GatedTrail() {
  const redirecting = useEventPathRedirect();
  const { value: access, error, retry } = useAccess();
  if (error) {
    return (
      <RetryAlert
        what="Whether you have access could not be found out"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!access || redirecting) {
    return <Progress />;
  }
  return access.page ? (
    <AuditTrail canExport={access.export} />
  ) : (
    <NoAccess access={access}>
      <LinkedEvent />
    </NoAccess>
  );
}

/** The Audit Trail page below its header, which the portal draws. */
export function AuditTrailPage() {
  return (
    <Content>
      <GatedTrail />
    </Content>
  );
}

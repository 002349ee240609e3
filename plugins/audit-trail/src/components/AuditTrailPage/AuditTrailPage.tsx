import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { Content, Progress } from '@backstage/core-components';
import { useAccess, useEventPathRedirect } from '../../hooks';
import { AuditTrail } from '../AuditTrail';
import { NoAccess } from '../NoAccess';

function GatedTrail() {
  const redirecting = useEventPathRedirect();
  const { value: access, error, retry } = useAccess();
  if (error) {
    return (
      <Alert
        severity="error"
        action={
          <Button size="small" color="inherit" onClick={retry}>
            Retry
          </Button>
        }
      >
        Whether you have access could not be found out: {error.message}
      </Alert>
    );
  }
  if (!access || redirecting) {
    return <Progress />;
  }
  return access.page ? (
    <AuditTrail canExport={access.export} />
  ) : (
    <NoAccess access={access} />
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

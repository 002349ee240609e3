import { PageWithHeader } from '@backstage/core-components';
import { AuditTrailPage } from './AuditTrailPage';

/** The Audit Trail page with a header, which the old frontend system lacks. */
export function LegacyAuditTrailPage() {
  return (
    <PageWithHeader title="Audit Trail" themeId="tool">
      <AuditTrailPage />
    </PageWithHeader>
  );
}

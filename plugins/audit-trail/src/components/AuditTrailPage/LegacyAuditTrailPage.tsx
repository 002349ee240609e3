import { HeaderTabs, Link, PageWithHeader } from '@backstage/core-components';
import { usePageTab, usePageTabs } from '../../hooks';
import { AuditTrailPage } from './AuditTrailPage';

/** The Audit Trail page with a header, which the old frontend system lacks. */
export function LegacyAuditTrailPage() {
  const tabs = usePageTabs();
  const shown = usePageTab();
  return (
    <PageWithHeader title="Audit Trail" themeId="tool">
      {tabs && (
        <HeaderTabs
          selectedIndex={tabs.findIndex(({ id }) => id === shown)}
          tabs={tabs.map(({ id, label, href }) => ({
            id,
            label,
            tabProps: { component: Link, to: href },
          }))}
        />
      )}
      <AuditTrailPage />
    </PageWithHeader>
  );
}

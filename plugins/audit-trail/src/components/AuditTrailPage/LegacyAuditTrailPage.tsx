import { HeaderTabs, Link, PageWithHeader } from '@backstage/core-components';
import { usePageTab, usePageTabs, useTranslation } from '../../hooks';
import { AuditTrailPage } from './AuditTrailPage';

/** The Audit Trail page with a header, which the old frontend system lacks. */
export function LegacyAuditTrailPage() {
  const { t } = useTranslation();
  const tabs = usePageTabs();
  const shown = usePageTab();
  return (
    <PageWithHeader title={t('page.title')} themeId="tool">
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

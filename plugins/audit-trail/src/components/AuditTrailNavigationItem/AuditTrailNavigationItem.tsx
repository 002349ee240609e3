import HistoryIcon from '@material-ui/icons/History';
import { SidebarItem } from '@backstage/core-components';
import { useAccess, usePageAddress, useTranslation } from '../../hooks';

/** The navigation entry, shown only to those whom the page serves. */
export function AuditTrailNavigationItem() {
  const { t } = useTranslation();
  const { value: access } = useAccess();
  const address = usePageAddress();
  return access?.page ? (
    <SidebarItem icon={HistoryIcon} to={address} text={t('page.title')} />
  ) : null;
}

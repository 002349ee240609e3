import { useMemo } from 'react';
import { useLocation } from 'react-router-dom';
import { FORWARDING_PATH } from '../routes';
import { useAccess } from './useAccess';
import { usePageAddress } from './usePageAddress';
import { useTranslation } from './useTranslation';

const IS_FORWARDING = new RegExp(`/${FORWARDING_PATH}/?$`);

/** A tab of the page, for a header to show. */
export interface PageTab {
  id: 'activity' | 'forwarding';
  label: string;
  href: string;
}

/** The tab of the page that the browser is at. */
export function usePageTab(): PageTab['id'] {
  const { pathname } = useLocation();
  return IS_FORWARDING.test(pathname) ? 'forwarding' : 'activity';
}

/** The tabs of the page; none for whom there is but one. */
export function usePageTabs(): PageTab[] | undefined {
  const { t } = useTranslation();
  const { value: access } = useAccess();
  const address = usePageAddress();
  const several = Boolean(access?.page && access.forwarding);
  return useMemo(
    () =>
      several
        ? [
            { id: 'activity', label: t('page.activity'), href: address },
            {
              id: 'forwarding',
              label: t('page.forwarding'),
              href: `${address.replace(/\/$/, '')}/${FORWARDING_PATH}`,
            },
          ]
        : undefined,
    [several, address, t],
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { auditTrailTranslationRef, type Translate } from '../translation';

/** The messages in the reader's language; `t` finds one by its key. */
export function useTranslation(): { t: Translate } {
  return useTranslationRef(auditTrailTranslationRef);
}

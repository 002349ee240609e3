import { mockApis } from '@backstage/frontend-test-utils';
import { auditTrailTranslationRef, type Translate } from '../translation';

/** Finds a message in English. */
export const t: Translate = (() => {
  const snapshot = mockApis
    .translation()
    .getTranslation(auditTrailTranslationRef);
  if (!snapshot.ready) {
    throw new Error('The English messages have to be there at once');
  }
  return snapshot.t;
})();

/** The config of an app whose reader has chosen German. */
export const germanConfig = {
  app: {
    baseUrl: 'http://localhost:3000',
    extensions: [
      {
        'api:app/app-language': {
          config: { availableLanguages: ['en', 'de'], defaultLanguage: 'de' },
        },
      },
    ],
  },
  backend: { baseUrl: 'http://localhost:7007' },
};

import {
  createTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { english } from './translations/en';

/**
 * The messages of the Audit Trail, in English and German. Other languages, and
 * other words, are given to it by translation resources and messages.
 *
 * @remarks
 *
 * Activities and their areas are not among the messages: they have the names
 * that Segment gives them, in every language.
 *
 * @public
 */
export const auditTrailTranslationRef = createTranslationRef({
  id: 'audit-trail',
  messages: english,
  translations: { de: () => import('./translations/de') },
});

/** Finds a message in the reader's language, by its key. */
export type Translate = TranslationFunction<typeof auditTrailTranslationRef.T>;

import { screen } from '@testing-library/react';
import { fakeApi } from './__testUtils__/fixtures';
import { renderPage } from './__testUtils__/renderPage';
import { germanConfig } from './__testUtils__/translation';
import { auditTrailTranslationRef } from './translation';
import german from './translations/de';
import { english } from './translations/en';

const messages: Record<string, string> = english;

/** What a message is filled with. */
const placeholders = (message: string): string[] =>
  message.match(/\{\{[^}]+\}\}/g) ?? [];

/** What a German message may be filled with. */
const available = (key: string): string[] =>
  // All sentences about an event are given the same.
  key.startsWith('sentence.')
    ? ['{{label}}', '{{verb}}', '{{resource}}', '{{actor}}']
    : placeholders(messages[key]);

describe('auditTrailTranslationRef', () => {
  it('has the same keys in both languages', () => {
    expect(auditTrailTranslationRef.id).toBe('audit-trail');
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('fills the German messages with nothing that the English lack', () => {
    for (const [key, message] of Object.entries(german)) {
      const unknown = placeholders(message).filter(
        placeholder => !available(key).includes(placeholder),
      );
      expect([key, unknown]).toEqual([key, []]);
    }
  });

  it('shows the page in German to those who have chosen it', async () => {
    renderPage(fakeApi(), '/audit-trail', { config: germanConfig });
    expect(
      await screen.findByRole('navigation', { name: 'Seiten' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Ältere' })).toBeInTheDocument();
  });
});

import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import auditTrailPlugin from '.';
import {
  destination,
  fakeApi,
  forwardersAccess,
} from './__testUtils__/fixtures';
import { eventButton, renderPage } from './__testUtils__/renderPage';
import { germanConfig, t } from './__testUtils__/translation';
import { auditTrailApiRef } from './api';
import { auditTrailTranslationRef } from './translation';
import german from './translations/de';
import { english } from './translations/en';

const messages: Record<string, string> = english;

/** What a message is filled with. */
const placeholders = (message: string): string[] =>
  message.match(/\{\{[^}]+\}\}/g) ?? [];

/** What a German message may be filled with. */
const available = (key: string): string[] => {
  // All sentences about an event are given the same.
  if (key.startsWith('sentence.')) {
    return ['{{label}}', '{{verb}}', '{{resource}}', '{{actor}}'];
  }
  return key.startsWith('card.lastChange')
    ? ['{{time}}', '{{label}}', '{{verb}}', '{{actor}}']
    : placeholders(messages[key]);
};

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

  it('leaves what stands in a value as it is', () => {
    const name = '{{actor}} $t(common.save) <b>&amp;</b>';
    expect(t('chip.not', { label: name })).toBe(`not: ${name}`);
  });
});

describe('in German', () => {
  const renderGerman = (path: string, overrides = {}) =>
    renderPage(fakeApi(overrides), path, { config: germanConfig });

  it('are the page and the drawer', async () => {
    renderGerman('/audit-trail?harmful=true&not.actor=gone&range=7d');
    expect(
      await screen.findByRole('navigation', { name: 'Seiten' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Ältere' })).toBeInTheDocument();
    expect(screen.getByText('2 Ereignisse')).toBeInTheDocument();
    expect(screen.getByText('nicht: gone')).toBeInTheDocument();
    expect(screen.getAllByText('vor 12 Min')).toHaveLength(2);
    // Activities have Segment's names in every language.
    await userEvent.click(await eventButton('Warehouses Disabled'));
    const drawer = await screen.findByRole('dialog', {
      name: 'Warehouses Disabled',
    });
    expect(drawer).toHaveTextContent(
      'Warehouses Disabled: orders-redshift, durch jm@example.com',
    );
    expect(drawer).toHaveTextContent('vor 12 Minuten');
    expect(within(drawer).getByText('Im Katalog öffnen')).toBeInTheDocument();
    expect(
      within(drawer)
        .getAllByRole('term')
        .map(({ textContent }) => textContent),
    ).toEqual(['Wer', 'Was', 'Wo', 'Eingang', 'Rundherum', 'Ereignis-ID']);
  });

  it('is forwarding, with its plurals and numbers', async () => {
    renderGerman('/audit-trail/forwarding', {
      getAccess: async () => forwardersAccess,
      getDestinations: async () => ({
        items: [
          destination({
            state: 'falling-behind',
            pending: 3_400,
            lagSeconds: 725,
            deadLetters: 1,
          }),
        ],
      }),
    });
    expect(
      await screen.findByText(
        '1 Ziel: 1 im Rückstand, 1 unzustellbares Ereignis',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('3.400 Ereignisse warten, das älteste seit 12 Minuten.'),
    ).toBeInTheDocument();
    expect(screen.getByText('nur kritische')).toBeInTheDocument();
  });

  it('is the card of an entity', async () => {
    renderTestApp({
      features: [auditTrailPlugin],
      extensions: [
        createTestEntityPage({
          entity: {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Resource',
            metadata: {
              name: 'orders',
              annotations: { 'segment.com/warehouse-id': 'HpLc' },
            },
            spec: { type: 'segment-warehouse' },
          },
        }),
      ],
      apis: [[auditTrailApiRef, fakeApi()]],
      config: germanConfig,
    });
    expect(
      await screen.findByText(
        'Letzte Änderung vor 12 Minuten: Warehouses Disabled durch jm@example.com',
      ),
    ).toBeInTheDocument();
  });
});

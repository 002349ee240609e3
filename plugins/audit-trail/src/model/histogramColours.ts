import { OTHER_CATEGORIES } from './histogram';

interface Colours {
  light: string;
  dark: string;
}

/**
 * Colours that those with any kind of colour vision tell from their neighbours,
 * as hue, lightness or both differ, and that contrast with either theme's paper
 * by 3:1 at least. A category keeps its own whatever else is shown.
 */
const COLOURS: Record<string, Colours> = {
  source: { light: '#0072b2', dark: '#56a8e8' },
  warehouses: { light: '#00805e', dark: '#2fc49a' },
  integrations: { light: '#c2570c', dark: '#f28e4b' },
  personas: { light: '#882255', dark: '#f277a8' },
  protocols: { light: '#a85a93', dark: '#dda0cf' },
  functions: { light: '#332288', dark: '#a79bf0' },
  'access-management': { light: '#8a6a00', dark: '#e8c04a' },
  'destination-filters': { light: '#3e8ebf', dark: '#9ad4f5' },
  'schema-default': { light: '#5e7a12', dark: '#b5cf5b' },
  'audit-trail': { light: '#5f6b7a', dark: '#aeb9c6' },
  [OTHER_CATEGORIES]: { light: '#8a8a8a', dark: '#9a9a9a' },
};

/** The colour of a category, or of the others together. */
export function categoryColour(
  category: string,
  theme: 'light' | 'dark',
): string {
  return (COLOURS[category] ?? COLOURS[OTHER_CATEGORIES])[theme];
}

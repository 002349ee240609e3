import type { Theme } from '@material-ui/core/styles';

/** The red that stands out from the theme's background; for marks, not text. */
export const errorTone = ({ palette }: Theme): string =>
  palette.type === 'dark' ? palette.error.light : palette.error.dark;

import {
  darken,
  getContrastRatio,
  lighten,
  type Theme,
} from '@material-ui/core/styles';

/** Least contrast of text, by WCAG 2.1 AA. */
const LEAST = 4.5;
/** On a row that is chosen or pointed at, the background comes closer. */
const MARGIN = 0.6;

/** The theme's red, light or dark enough to be read on its paper. */
export function errorText({ palette }: Theme): string {
  const { paper } = palette.background;
  const adjust = palette.type === 'dark' ? lighten : darken;
  let color = palette.error.main;
  for (
    let step = 0;
    step < 10 && getContrastRatio(color, paper) < LEAST + MARGIN;
    step++
  ) {
    color = adjust(color, 0.1);
  }
  return color;
}

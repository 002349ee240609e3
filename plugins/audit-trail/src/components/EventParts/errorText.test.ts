import { createTheme, getContrastRatio } from '@material-ui/core/styles';
import { errorText } from './errorText';

it.each([
  ['light', '#f44336', '#ffffff'],
  ['light', '#e22134', '#ffffff'],
  ['dark', '#f44336', '#424242'],
  ['dark', '#ff0000', '#1e1e1e'],
] as const)('can be read in a %s theme with %s on %s', (type, main, paper) => {
  const theme = createTheme({
    palette: { type, error: { main }, background: { paper } },
  });
  expect(getContrastRatio(errorText(theme), paper)).toBeGreaterThan(4.5);
});

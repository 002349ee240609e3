import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

export const fromRoot = (...parts) => path.join(ROOT, ...parts);

/** Tools that set-up installs for this repository alone. */
export const TOOLS_DIR = fromRoot('.tools');

/** Databases of the demo portal. */
export const DATA_DIR = fromRoot('.data');

/** JSON summaries that jest and Playwright leave for CI. */
export const REPORTS_DIR = fromRoot('test-reports');

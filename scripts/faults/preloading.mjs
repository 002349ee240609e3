import { fromRoot } from '../lib/paths.mjs';

/** What makes a backend load a script of this folder before anything else. */
export const preloading = script => ({
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(
    fromRoot('scripts', 'faults', script),
  )}`,
});

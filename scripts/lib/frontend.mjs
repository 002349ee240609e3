import { existsSync } from 'node:fs';
import { SetupError, say } from './log.mjs';
import { fromRoot } from './paths.mjs';

/** Builds the portal's frontend, which its backend then serves. */
export async function buildFrontend(yarn, { unlessBuilt }) {
  if (unlessBuilt && existsSync(fromRoot('packages/app/dist/index.html'))) {
    return;
  }
  say('Building the frontend');
  if ((await yarn(['workspace', 'app', 'build'])) !== 0) {
    throw new SetupError('The frontend does not build.');
  }
}

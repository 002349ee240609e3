import { existsSync, readFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { installTool, toolFile } from './tools.mjs';

const PACKAGE = '@yarnpkg/cli-dist';

/** The version that package.json names, as `yarn@4.18.1`. */
function wantedVersion() {
  const { packageManager } = JSON.parse(
    readFileSync(fromRoot('package.json'), 'utf8'),
  );
  return packageManager.split('@')[1];
}

function installedVersion() {
  const manifest = toolFile(PACKAGE, 'package.json');
  return existsSync(manifest)
    ? JSON.parse(readFileSync(manifest, 'utf8')).version
    : undefined;
}

/** Yarn's program in the version of this repository, to be run by Node. */
export async function ensureYarn() {
  const wanted = wantedVersion();
  if (installedVersion() !== wanted) {
    await installTool(`${PACKAGE}@${wanted}`, `Yarn ${wanted} is missing`);
  }
  return toolFile(PACKAGE, 'bin', 'yarn.js');
}

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError, say } from './log.mjs';
import { npm } from './npm.mjs';
import { TOOLS_DIR } from './paths.mjs';

const MANIFEST = path.join(TOOLS_DIR, 'package.json');

/** A file of a package that is installed as a tool of this repository. */
export const toolFile = (name, ...parts) =>
  path.join(TOOLS_DIR, 'node_modules', name, ...parts);

/** Installs a package from npm as a tool of this repository alone. */
export async function installTool(spec, why) {
  say(`${why}; installing ${spec} into .tools`);
  mkdirSync(TOOLS_DIR, { recursive: true });
  if (!existsSync(MANIFEST)) {
    // Without a package.json of its own npm would install into the root.
    writeFileSync(MANIFEST, '{ "name": "tools", "private": true }\n');
  }
  const code = await npm([
    'install',
    '--prefix',
    '.',
    '--save-exact',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
    spec,
  ]);
  if (code !== 0) {
    throw new SetupError(`Could not install ${spec} by npm.`);
  }
}

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { SetupError, say } from './log.mjs';
import { yarnNetworkEnvironment } from './npm.mjs';
import { fromRoot } from './paths.mjs';
import { run } from './processes.mjs';

const MARKER = fromRoot('node_modules', '.cache', 'audit-trail-setup');
const YARN_STATE = fromRoot('node_modules', '.yarn-state.yml');

/** Everything that decides what an installation looks like. */
function inputs() {
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(fromRoot(folder))
      .sort()
      .map(name => path.join(folder, name, 'package.json')),
  );
  return ['package.json', 'yarn.lock', '.yarnrc.yml', ...manifests].filter(
    file => existsSync(fromRoot(file)),
  );
}

function fingerprint(node) {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} `);
  hash.update(`${node.version.split('.')[0]}\n`);
  for (const file of inputs()) {
    hash.update(`${file}\n`).update(readFileSync(fromRoot(file)));
  }
  return hash.digest('hex');
}

function installed() {
  return existsSync(YARN_STATE) && existsSync(MARKER)
    ? readFileSync(MARKER, 'utf8').trim()
    : undefined;
}

/** Installs by the lockfile, unless nothing has changed since last time. */
export async function ensureDependencies({ node, yarnFile, env }) {
  const wanted = fingerprint(node);
  if (installed() === wanted) {
    return;
  }
  say('Installing dependencies by yarn.lock (some minutes the first time)');
  const code = await run(
    node.executable,
    [yarnFile, 'install', '--immutable'],
    { env: { ...env, ...yarnNetworkEnvironment() } },
  );
  if (code !== 0) {
    throw new SetupError(
      'yarn install failed; what it printed above says why. Native modules need Python 3 and a C++ compiler.',
    );
  }
  mkdirSync(path.dirname(MARKER), { recursive: true });
  writeFileSync(MARKER, `${wanted}\n`);
}

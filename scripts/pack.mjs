// Builds all plugins and packs them into dist-packs, ready to be published.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { SetupError, main, say } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { onTermination } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';

const OUT = fromRoot('dist-packs');

/** The plugins that are published: what is not private. */
function publishable() {
  return readdirSync(fromRoot('plugins'))
    .map(folder => fromRoot('plugins', folder))
    .filter(dir => existsSync(path.join(dir, 'package.json')))
    .map(dir => ({
      dir,
      manifest: JSON.parse(
        readFileSync(path.join(dir, 'package.json'), 'utf8'),
      ),
    }))
    .filter(({ manifest }) => !manifest.private);
}

onTermination();
await main(async () => {
  const { yarn, tool } = await setup();
  const step = async (what, command, args) => {
    say(what);
    if ((await command(args)) !== 0) {
      throw new SetupError(`${what}: failed`);
    }
  };

  await step('Checking types', tool, ['tsc']);
  await step('Building', tool, ['backstage-cli', 'repo', 'build']);

  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const { dir, manifest } of publishable()) {
    const { name, version } = manifest;
    const file = path.join(OUT, `${name.replace('/', '-')}-${version}.tgz`);
    try {
      await step(`Packing ${name}`, yarn, [
        'workspace',
        name,
        'pack',
        '--out',
        file,
      ]);
    } finally {
      // Backstage's prepack rewrites package.json; a failed pack leaves it so.
      if (existsSync(path.join(dir, 'package.json-prepack'))) {
        await yarn(['workspace', name, 'run', 'postpack']);
      }
    }
  }
  say(`Packed into ${path.relative(process.cwd(), OUT) || OUT}:`);
  readdirSync(OUT).forEach(file => say(`  ${file}`));
});

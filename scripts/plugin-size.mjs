// How much JavaScript of its own the frontend plugin brings, compressed:
//   node scripts/plugin-size.mjs
// The plugin and audit-trail-common as a bundler puts them into a portal, minified
// and split where parts are loaded by themselves; without what they depend on.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { main, say } from './lib/log.mjs';
import { ROOT, fromRoot } from './lib/paths.mjs';
import { setup } from './lib/setup.mjs';

const PLUGIN = 'plugins/audit-trail';
const COMMON = 'plugins/audit-trail-common';
/** What is counted by itself: part of it is loaded only where it is wanted. */
const PARTS = { chart: /HistogramChart/, German: /translations\/de/ };

/** What is not bundled: every dependency but the common package. */
function externals() {
  const names = [PLUGIN, COMMON].flatMap(folder => {
    const manifest = readFileSync(fromRoot(folder, 'package.json'), 'utf8');
    const { dependencies, peerDependencies } = JSON.parse(manifest);
    return Object.keys({ ...dependencies, ...peerDependencies });
  });
  return names
    .filter(name => name !== 'backstage-plugin-audit-trail-common')
    .flatMap(name => [name, `${name}/*`]);
}

async function bundle() {
  const { build } = createRequire(import.meta.url)('esbuild');
  return build({
    absWorkingDir: ROOT,
    entryPoints: [fromRoot(PLUGIN, 'src/index.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2021',
    jsx: 'automatic',
    legalComments: 'none',
    external: externals(),
    outdir: fromRoot('dist-size'),
    write: false,
    metafile: true,
  });
}

await main(async () => {
  await setup();
  const { outputFiles, metafile } = await bundle();
  const outputs = Object.entries(metafile.outputs);
  const sizes = { chart: 0, German: 0, rest: 0 };
  for (const { path: file, contents } of outputFiles) {
    const [, { inputs }] = outputs.find(([name]) => file.endsWith(name));
    const sources = Object.keys(inputs);
    const part = Object.keys(PARTS).find(name =>
      sources.some(source => PARTS[name].test(source)),
    );
    sizes[part ?? 'rest'] += gzipSync(contents, { level: 9 }).length;
  }
  const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;
  say(`Without chart and German: ${kilobytes(sizes.rest)} gzip`);
  say(
    `German: ${kilobytes(sizes.German)}; the chart: ${kilobytes(sizes.chart)}`,
  );
  return 0;
});

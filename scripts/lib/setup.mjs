import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { say } from './log.mjs';
import { ensureNode } from './node.mjs';
import { run, start } from './processes.mjs';
import { ensureYarn } from './yarn.mjs';

/** This process's environment with the given Node first. */
function environment(node) {
  const env = { ...process.env };
  const pathKey =
    Object.keys(env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathKey] = [node.bin, env[pathKey]].filter(Boolean).join(path.delimiter);
  if (node.nodedir && node.executable !== process.execPath) {
    // Headers that npm is configured with are of the Node that npm runs on.
    env.npm_config_nodedir = node.nodedir;
  } else if (node.nodedir) {
    env.npm_config_nodedir ??= node.nodedir;
  }
  return env;
}

/**
 * Makes sure of a supported Node, yarn and the dependencies. Quick when nothing
 * is missing. Returns how to run the repository's tools with them.
 */
export async function setup() {
  const started = Date.now();
  const node = await ensureNode();
  const env = environment(node);
  const yarnFile = await ensureYarn();
  await ensureDependencies({ node, yarnFile, env });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`Node ${node.version}, dependencies in place (${seconds} s)`);

  const yarn = (runner, args, options = {}) =>
    runner(node.executable, [yarnFile, ...args], {
      ...options,
      env: { ...env, ...options.env },
    });
  return {
    node,
    env,
    /** Runs yarn to its end; resolves to the exit code. */
    yarn: (args, options) => yarn(run, args, options),
    /** Runs one of the installed tools; never a script of the same name. */
    tool: (args, options) =>
      yarn(run, ['run', '--top-level', '--binaries-only', ...args], options),
    /** Starts yarn and returns the child. */
    startYarn: (args, options) => yarn(start, args, options),
  };
}

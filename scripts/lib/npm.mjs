import { TOOLS_DIR } from './paths.mjs';
import { output, run } from './processes.mjs';

/** How to call npm: its own script if npm started us, else the command. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) {
    return { command: process.execPath, prefix: [script], options: {} };
  }
  // npm is a batch file on Windows, which only a shell runs.
  return {
    command: 'npm',
    prefix: [],
    options: { shell: process.platform === 'win32' },
  };
}

/** npm hands its own settings to scripts; a nested npm must find its own. */
function npmEnvironment() {
  const env = { ...process.env };
  delete env.npm_config_local_prefix;
  delete env.npm_config_nodedir;
  return env;
}

/** Runs npm in the folder of our own tools; resolves to its exit code. */
export function npm(args) {
  const { command, prefix, options } = npmCommand();
  return run(command, [...prefix, ...args], {
    ...options,
    cwd: TOOLS_DIR,
    env: npmEnvironment(),
  });
}

function npmConfig() {
  const { command, prefix, options } = npmCommand();
  const json = output(command, [...prefix, 'config', 'list', '--json'], {
    ...options,
    env: npmEnvironment(),
  });
  return json ? JSON.parse(json) : {};
}

/**
 * npm's settings of registry, proxies and certificates as the environment
 * that yarn reads, so that a company's registry serves yarn as well. What
 * stands in the environment already wins.
 */
export function yarnNetworkEnvironment() {
  const config = npmConfig();
  const registry = config.registry?.replace(/\/$/, '');
  const env = {
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_HTTPS_CA_FILE_PATH: config.cafile,
    YARN_HTTPS_PROXY: config['https-proxy'],
    YARN_HTTP_PROXY: config.proxy,
    YARN_ENABLE_STRICT_SSL: config['strict-ssl'] === false ? '0' : undefined,
    YARN_UNSAFE_HTTP_WHITELIST: registry?.startsWith('http:')
      ? new URL(registry).hostname
      : undefined,
  };
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key, value]) => typeof value === 'string' && !process.env[key],
    ),
  );
}

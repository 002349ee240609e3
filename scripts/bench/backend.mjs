import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError, say } from '../lib/log.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { waitForBackend, waitForReadiness } from '../lib/portal.mjs';
import { freePort } from '../lib/ports.mjs';
import { start, stop } from '../lib/processes.mjs';
import { DATABASES } from './database.mjs';

const LOG_LINES_OF_A_FAILURE = 30;
const UNLIMITED = 1_000_000_000;

/** Compiles the backend's TypeScript as it is loaded, as `npm start` does. */
const loader = () =>
  createRequire(fromRoot('package.json')).resolve(
    '@backstage/cli/config/nodeTransform.cjs',
  );

/** What differs from app-config.yaml. */
function configuration({
  url,
  postgres,
  database,
  directory,
  catalogFile,
  receiverUrl,
  withFrontend,
  auditTrail,
}) {
  return {
    app: {
      baseUrl: url,
      disableConfigInjection: !withFrontend,
      disableStaticFallbackCache: true,
    },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port: Number(new URL(url).port) },
      database: {
        client: 'pg',
        connection: postgres.connectionString,
        plugin: { 'audit-trail': { connection: { database } } },
      },
    },
    auth: {
      backstageTokenExpiration: { hours: 24 },
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    auditTrail: {
      forwarding: {
        destinations: {
          'slack-demo': { enabled: false },
          'siem-demo': { enabled: false },
          bench: {
            type: 'webhook',
            enabled: false,
            url: receiverUrl,
            allowPrivateAddresses: true,
            maxEvents: 1_000,
            secrets: [`whsec_${randomBytes(32).toString('base64')}`],
          },
        },
      },
      auditor: {
        // Only what is audited without being asked for.
        rules: [],
        spool: { directory: path.join(directory, 'spool') },
      },
      // What is measured stays, however old it is.
      retention: false,
      // Nobody stands in for Segment.
      segment: { workspaces: [] },
      // One caller asks as often as many do.
      rateLimits: {
        reads: UNLIMITED,
        exports: UNLIMITED,
        batches: UNLIMITED,
      },
      ...auditTrail,
    },
    catalog: {
      locations: [
        fromRoot('examples/catalog/org.yaml'),
        fromRoot('examples/catalog/segment.yaml'),
        catalogFile,
      ].map(target => ({ type: 'file', target })),
    },
  };
}

/**
 * Starts the demo portal's backend on one of the trails, as a process of its own
 * without a watcher, and waits until it answers; if not told otherwise, until
 * its catalog has the sample entities, too.
 *
 * @param {{
 *   tools: object, postgres: { connectionString: string }, directory: string,
 *   withoutCatalog?: boolean, withFrontend?: boolean, catalogFile: string,
 *   receiverUrl: string, trail: 'large' | 'small', user: { ref: string }, auditTrail?: object,
 * }} options
 */
export async function startBackend(options) {
  const { tools, postgres, directory, trail, user } = options;
  const url = `http://127.0.0.1:${await freePort()}`;
  const name = `${trail}-${path.basename(user.ref)}`;
  const configFile = path.join(directory, `${name}.json`);
  const logFile = path.join(directory, `${name}.log`);
  writeFileSync(
    configFile,
    JSON.stringify(
      configuration({
        ...options,
        url,
        database: DATABASES[trail],
      }),
    ),
    { mode: 0o600 },
  );
  say(`Starting a backend on the ${trail} trail, for ${user.ref}`);
  const log = openSync(logFile, 'w');
  const child = start(
    tools.node.executable,
    [
      ...['--require', loader(), 'src/index.ts'],
      ...['--config', fromRoot('app-config.yaml'), '--config', configFile],
    ],
    {
      cwd: fromRoot('packages/backend'),
      env: {
        ...tools.env,
        AUDIT_TRAIL_DEMO_USER: user.ref,
        AUDIT_TRAIL_TOKEN: process.env.AUDIT_TRAIL_TOKEN,
        NODE_ENV: 'production',
        // A backend that is started again need not be compiled again.
        NODE_COMPILE_CACHE: fromRoot('node_modules', '.cache', 'bench'),
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  try {
    await (options.withoutCatalog
      ? waitForReadiness(child, url)
      : waitForBackend(child, url));
  } catch (error) {
    const lines = readFileSync(logFile, 'utf8')
      .split('\n')
      .filter(line => line && !line.includes('"type":"incomingRequest"'));
    throw new SetupError(
      [...lines.slice(-LOG_LINES_OF_A_FAILURE), error.message].join('\n'),
    );
  }
  return { url, pid: child.pid, stop: () => stop(child) };
}

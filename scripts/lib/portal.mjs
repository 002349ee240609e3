import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sendSampleDeliveries } from '../../examples/segment/sendSampleDeliveries.mjs';
import { SetupError, say } from './log.mjs';

/** The demo's users by the word that `npm start -- <word>` takes. */
export const DEMO_USERS = {
  owner: { ref: 'user:default/olivia', title: 'Olivia, an Owner' },
  engineer: {
    ref: 'user:default/emil',
    title: 'Emil, an engineer who owns the source web-shop',
  },
};

/** Secrets of the demo; app-config.yaml has the same defaults. */
const demoSecret = () =>
  process.env.SEGMENT_WEBHOOK_SECRET || 'demo-segment-secret';
const demoToken = () =>
  process.env.AUDIT_TRAIL_TOKEN || 'demo-service-token-for-local-use';

const delay = ms => new Promise(resolve => setTimeout(resolve, ms));

/** What a demo portal needs in its environment, on top of app-config.yaml. */
export function portalEnvironment({ user, appUrl, backendUrl, dataDir }) {
  const config = {
    app_baseUrl: appUrl,
    backend_baseUrl: backendUrl,
    backend_listen_port: Number(new URL(backendUrl).port),
    backend_cors_origin: appUrl,
    backend_database_connection_directory: path.join(dataDir, 'db'),
  };
  return {
    ...Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        `APP_CONFIG_${key}`,
        JSON.stringify(value),
      ]),
    ),
    AUDIT_TRAIL_DEMO_USER: user.ref,
    NODE_ENV: 'development',
    BROWSER: 'none',
  };
}

/** Asks until it answers true; undefined answers and errors are tried again. */
async function waitFor(what, child, seconds, ask) {
  const deadline = Date.now() + seconds * 1000;
  let ended = false;
  child?.exited.then(() => {
    ended = true;
  });
  while (Date.now() < deadline) {
    if (ended) {
      throw new SetupError(`${what} has stopped; what it printed says why.`);
    }
    if (await ask().catch(() => false)) {
      return;
    }
    await delay(300);
  }
  throw new SetupError(`${what} was not ready within ${seconds} seconds.`);
}

export const waitForUrl = (what, child, url, seconds = 300) =>
  waitFor(what, child, seconds, async () => {
    const response = await fetch(url, { headers: { Accept: 'text/html' } });
    return response.ok;
  });

const isRelated = (entity, type) =>
  entity?.relations?.some(relation => relation.type === type);

/** Waits until the backend answers and its catalog has the sample entities. */
export async function waitForBackend(child, backendUrl) {
  await waitForUrl(
    'The backend',
    child,
    `${backendUrl}/.backstage/health/v1/readiness`,
  );
  await waitFor('The catalog', child, 120, async () => {
    const response = await fetch(`${backendUrl}/api/catalog/entities/by-refs`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${demoToken()}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        entityRefs: [
          ...Object.values(DEMO_USERS).map(user => user.ref),
          'resource:default/web-shop',
          'resource:default/loyalty-program',
        ],
      }),
    });
    const { items } = await response.json();
    return (
      items.slice(0, 2).every(user => isRelated(user, 'memberOf')) &&
      items.slice(2).every(resource => isRelated(resource, 'ownedBy'))
    );
  });
}

/** Asks the trail as the demo user who signs in. */
async function askTrail(backendUrl, path) {
  const session = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await session.json();
  const response = await fetch(`${backendUrl}/api/audit-trail/v1${path}`, {
    headers: { Authorization: `Bearer ${backstageIdentity.token}` },
  });
  return response.json();
}

/** Waits until the trail knows from the catalog who owns what. */
async function waitForOwnership(backendUrl) {
  await waitFor('The trail', undefined, 120, async () => {
    const { items } = await askTrail(
      backendUrl,
      '/events?entityRef=resource:default/web-shop&limit=1',
    );
    return items.length > 0;
  });
}

/**
 * Sends the sample deliveries, once for each data directory. What was sent is
 * remembered beside the databases, so that a second try sends the same.
 */
export async function seedSampleData({
  backendUrl,
  dataDir,
  now = new Date(),
}) {
  const marker = path.join(dataDir, 'sample-deliveries.json');
  const known = existsSync(marker)
    ? JSON.parse(readFileSync(marker, 'utf8'))
    : undefined;
  if (known?.sent) {
    return;
  }
  const seed = known?.now ?? now.toISOString();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(marker, `${JSON.stringify({ now: seed })}\n`);
  const sent = await sendSampleDeliveries({
    baseUrl: backendUrl,
    secret: demoSecret(),
    now: seed,
  });
  await waitForOwnership(backendUrl);
  writeFileSync(marker, `${JSON.stringify({ now: seed, sent })}\n`);
  say(`Sent ${sent} sample deliveries through the Segment intake`);
}

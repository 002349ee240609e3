import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sendSampleDeliveries } from '../../examples/segment/sendSampleDeliveries.mjs';
import { SetupError, say } from './log.mjs';

/** Entities that are made of what the stand-in for Segment tells. */
const WEB_SHOP = 'resource:default/acme.source.web_shop';
const LOYALTY_PROGRAM =
  'resource:default/acme.space.spa_2lqwm7xtcv4nrb8skd1yh5jfz0p';

/**
 * The demo's users by the word that `npm start -- <word>` takes, with some of
 * what they own, or see as an Owner.
 */
export const DEMO_USERS = {
  owner: {
    ref: 'user:default/olivia',
    title: 'Olivia, an Owner',
    sees: [WEB_SHOP, LOYALTY_PROGRAM],
  },
  engineer: {
    ref: 'user:default/emil',
    title: 'Emil, an engineer whose team owns the source Web Shop',
    sees: [WEB_SHOP, LOYALTY_PROGRAM],
  },
  stranger: {
    ref: 'user:default/stella',
    title: 'Stella, who owns nothing',
    sees: [],
  },
};

/** Secrets of the demo; app-config.yaml has the same defaults. */
const demoSecret = () =>
  process.env.SEGMENT_WEBHOOK_SECRET || 'demo-segment-secret';
const demoToken = () =>
  process.env.AUDIT_TRAIL_TOKEN || 'demo-service-token-for-local-use';

/** What a demo portal needs in its environment, on top of app-config.yaml. */
export function portalEnvironment({
  user,
  appUrl,
  backendUrl,
  dataDir,
  receiverUrl,
  segmentUrl,
}) {
  const config = {
    app_baseUrl: appUrl,
    backend_baseUrl: backendUrl,
    backend_listen_port: Number(new URL(backendUrl).port),
    backend_cors_origin: appUrl,
    backend_database_connection_directory: path.join(dataDir, 'db'),
    auditTrail_auditor_spool_directory: path.join(dataDir, 'audit-spool'),
  };
  return {
    ...Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        `APP_CONFIG_${key}`,
        JSON.stringify(value),
      ]),
    ),
    AUDIT_TRAIL_DEMO_USER: user.ref,
    AUDIT_TRAIL_RECEIVER_URL: receiverUrl,
    AUDIT_TRAIL_SEGMENT_URL: segmentUrl,
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

/** Waits until the backend answers. */
export const waitForReadiness = (child, backendUrl) =>
  waitForUrl(
    'The backend',
    child,
    `${backendUrl}/.backstage/health/v1/readiness`,
  );

/**
 * Waits until the backend answers and its catalog has the sample entities; with
 * `segment`, also those that are made of what Segment tells.
 */
export async function waitForBackend(child, backendUrl, { segment } = {}) {
  await waitForReadiness(child, backendUrl);
  // What has to be related, and how, before the trail can know who owns what.
  const related = {
    ...Object.fromEntries(
      Object.values(DEMO_USERS).map(({ ref }) => [ref, 'memberOf']),
    ),
    'group:default/web-team': 'childOf',
    ...(segment && { [WEB_SHOP]: 'ownedBy', [LOYALTY_PROGRAM]: 'ownedBy' }),
  };
  await waitFor('The catalog', child, 120, async () => {
    const response = await fetch(`${backendUrl}/api/catalog/entities/by-refs`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${demoToken()}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ entityRefs: Object.keys(related) }),
    });
    const { items } = await response.json();
    return Object.values(related).every((type, index) =>
      isRelated(items[index], type),
    );
  });
}

/** Signs in as the backend's demo user. */
async function signIn(backendUrl) {
  const session = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await session.json();
  return {
    token: backstageIdentity.token,
    ref: backstageIdentity.identity.userEntityRef,
  };
}

/**
 * Waits until the trail knows from the catalog who owns what: until the demo
 * user sees what they should.
 */
async function waitForOwnership(backendUrl) {
  await waitFor('The trail', undefined, 120, async () => {
    const { token, ref } = await signIn(backendUrl);
    const user = Object.values(DEMO_USERS).find(known => known.ref === ref);
    const counts = await Promise.all(
      user.sees.map(async entityRef => {
        const response = await fetch(
          `${backendUrl}/api/audit-trail/v1/events?entityRef=${entityRef}&limit=1`,
          { headers: { Authorization: `Bearer ${token}` } },
        );
        const { items } = await response.json();
        return items.length;
      }),
    );
    return counts.every(count => count > 0);
  });
}

/** Switches all destinations on or off, as an Owner does. */
async function switchDestinations(backendUrl, enabled) {
  const { token } = await signIn(backendUrl);
  const url = `${backendUrl}/api/audit-trail/v1/destinations`;
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
  };
  const { items } = await (await fetch(url, { headers })).json();
  for (const { id } of items) {
    await fetch(`${url}/${id}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ enabled }),
    });
  }
}

/**
 * The time that the sample data of a data directory ends at. It is remembered
 * beside the databases, so that a second start has the same.
 */
export function sampleTime({ dataDir, now = new Date() }) {
  const marker = path.join(dataDir, 'sample-deliveries.json');
  if (existsSync(marker)) {
    return { marker, ...JSON.parse(readFileSync(marker, 'utf8')) };
  }
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(marker, `${JSON.stringify({ now: now.toISOString() })}\n`);
  return { marker, now: now.toISOString() };
}

/**
 * Sends the sample deliveries, once for each data directory.
 *
 * @param {object} options
 * @param {number} [options.count] how many; if given they are not forwarded,
 * and the demo user has to be an Owner
 */
export async function seedSampleData({ backendUrl, dataDir, now, count }) {
  const { marker, now: seed, sent: known } = sampleTime({ dataDir, now });
  if (known) {
    return;
  }
  if (count) {
    await switchDestinations(backendUrl, false);
  }
  const sent = await sendSampleDeliveries({
    baseUrl: backendUrl,
    secret: demoSecret(),
    now: seed,
    count,
  });
  if (count) {
    await switchDestinations(backendUrl, true);
  }
  await waitForOwnership(backendUrl);
  writeFileSync(marker, `${JSON.stringify({ now: seed, sent })}\n`);
  say(`Sent ${sent} sample deliveries through the Segment intake`);
}

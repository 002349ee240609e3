// Runs the browser tests against portals of their own, on fresh data:
//   npm run test:e2e [-- --no-build] [-- --project=owner] [-- arguments of Playwright]
//   npm run test:e2e -- --project=thorough  each control in each way, accessibility
//   E2E_EVENTS=100000 npm run test:e2e      an Owner's trail of so many events
// One portal for each demo user, as the guest provider signs in one user a
// backend; the backend serves the built frontend.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { sampleAuditEvents } from '../examples/segment/sampleAuditEvents.mjs';
import { SAMPLE_RESOURCES } from '../examples/segment/sampleResources.mjs';
import { startTrackingApi } from '../examples/segment/trackingApi.mjs';
import { startReceiver } from '../examples/receiver/startReceiver.mjs';
import { buildFrontend } from './lib/frontend.mjs';
import { main, say } from './lib/log.mjs';
import { DATA_DIR } from './lib/paths.mjs';
import {
  DEMO_USERS,
  portalEnvironment,
  seedSampleData,
  waitForBackend,
} from './lib/portal.mjs';
import { freePort } from './lib/ports.mjs';
import { onTermination, stopAll } from './lib/processes.mjs';
import { freshReport, playwrightResults } from './lib/reports.mjs';
import { setup } from './lib/setup.mjs';

/** Sample events of the Owner's portal, where a large trail is to be tried. */
const OWNERS_EVENTS = Number(process.env.E2E_EVENTS) || undefined;

/** Projects that look at an Owner's portal, too, if they are asked for. */
const OF_AN_OWNER = ['thorough', 'pictures'];

const PROJECT = '--project=';

/** Playwright's arguments: those of the command, and which projects to run. */
function playwrightArguments(args) {
  const given = args.filter(arg => arg !== '--no-build');
  return given.some(arg => arg.startsWith(PROJECT))
    ? given
    : [...Object.keys(DEMO_USERS).map(name => PROJECT + name), ...given];
}

/** Whose portals the projects of Playwright's arguments need. */
function wantedUsers(args) {
  const named = args
    .filter(arg => arg.startsWith(PROJECT))
    .map(arg => arg.slice(PROJECT.length))
    .map(name => (OF_AN_OWNER.includes(name) ? 'owner' : name));
  return Object.keys(DEMO_USERS).filter(name => named.includes(name));
}

/**
 * The demo's rule, for one entity alone that one test opens. All other reads of
 * tests are no events of the trail.
 */
const AUDITOR_RULES = [
  {
    plugin: 'catalog',
    event: 'entity-fetch',
    path: '/api/catalog/entities/by-name/system/default/customer-data',
    actor: 'user:*',
    action: 'keep',
  },
];

async function startPortal({ startYarn, name, port, now, ...urls }) {
  const dataDir = path.join(DATA_DIR, 'e2e', name);
  rmSync(dataDir, { recursive: true, force: true });
  const url = `http://localhost:${port}`;
  const env = {
    ...portalEnvironment({
      user: DEMO_USERS[name],
      appUrl: url,
      backendUrl: url,
      dataDir,
      ...urls,
    }),
    APP_CONFIG_auditTrail_auditor_rules: JSON.stringify(AUDITOR_RULES),
  };
  say(`Starting the portal of the ${name}: ${url}`);
  const backend = startYarn(['workspace', 'backend', 'start'], { env });
  await waitForBackend(backend, url, { segment: true });
  await seedSampleData({
    backendUrl: url,
    dataDir,
    now,
    count: name === 'owner' ? OWNERS_EVENTS : undefined,
  });
  return url;
}

onTermination();
await main(async () => {
  const options = process.argv.slice(2);
  const args = playwrightArguments(options);
  const { yarn, tool, startYarn } = await setup();
  const report = freshReport('playwright.json');
  const receiver = await startReceiver();
  let segment;
  try {
    await buildFrontend(yarn, { unlessBuilt: options.includes('--no-build') });
    const now = new Date();
    segment = await startTrackingApi({
      ...SAMPLE_RESOURCES,
      auditEvents: sampleAuditEvents({ now }),
    });
    const env = { E2E_REPORT: report, RECEIVER_URL: receiver.url };
    // One after the other: where there is little room, three portals that start
    // at once take longer, and one of them too long.
    for (const name of wantedUsers(args)) {
      const port = await freePort();
      env[`${name.toUpperCase()}_URL`] = await startPortal({
        startYarn,
        name,
        port,
        now,
        receiverUrl: receiver.url,
        segmentUrl: segment.url,
      });
    }
    const code = await tool(['playwright', 'test', ...args], { env });
    const { passed, failures } = playwrightResults(report);
    say(`Playwright: ${passed} passed, ${failures.length} failed`);
    return code;
  } finally {
    await stopAll();
    await receiver.close();
    await segment?.close();
  }
});

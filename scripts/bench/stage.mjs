import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../lib/log.mjs';
import { buildFrontend } from '../lib/frontend.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';
import { temporaryDirectory } from '../lib/temporary.mjs';
import { startBackend } from './backend.mjs';
import { catalogFile } from './catalog.mjs';
import { TrailClient, signIn } from './client.mjs';
import { DATABASES, connect } from './database.mjs';
import { loadEvents, startOfTrail, tidy } from './data.mjs';
import { startWebhookReceiver } from './receiver.mjs';
import { createWorkspace, workspaceActivities } from './workspace.mjs';

const SYNC_SECONDS = 180;

/** Waits until the trail knows the owners of all resources. */
async function waitForOwners(pg, { resources }) {
  say('Waiting until the trail knows from the catalog who owns what');
  const deadline = Date.now() + SYNC_SECONDS * 1000;
  for (;;) {
    const { rows } = await pg.query(
      `select count(*)::int as count from audit_resource_owners
       where resource_key = any($1) and owner_ref <> ''`,
      [resources.map(({ kind, id }) => `segment:${kind}:${id}`)],
    );
    if (rows[0].count === resources.length) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `After ${SYNC_SECONDS} seconds the trail knows the owners of ${rows[0].count} of ${resources.length} resources`,
      );
    }
    await delay(1000);
  }
}

/**
 * Sets up all that is measured: backends on a large and, if wanted, a small
 * trail, and clients for an Owner, the engineer and a service that records.
 *
 * The guest provider signs in one user a backend. Both users' tokens are good
 * for every backend on the same databases, so that the Owner and the engineer
 * ask the same process: a backend that only signs the Owner in is stopped again.
 */
export async function startStage({ tools, postgres, options }) {
  const directory = temporaryDirectory('bench');
  const connections = [];
  const receiver = await startWebhookReceiver();
  const close = async () => {
    await receiver.close();
    await Promise.all(connections.map(pg => pg.end().catch(() => {})));
  };
  try {
    const workspace = createWorkspace();
    const files = { catalogFile: path.join(directory, 'catalog.yaml') };
    writeFileSync(files.catalogFile, catalogFile(workspace));
    // What the backend and those who wait for it take for the service's token.
    process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');

    /** What all backends of the stage have in common. */
    const common = { tools, postgres, ...files, receiverUrl: receiver.url };
    const startTrail = (trail, user, more) =>
      startBackend({ ...common, directory, trail, user, ...more });
    const openDatabase = async trail => {
      const pg = await connect(postgres.connectionString, DATABASES[trail]);
      connections.push(pg);
      return pg;
    };

    const first = await startTrail('large', DEMO_USERS.owner);
    const ownerToken = await signIn(first.url);
    const { items } = await new TrailClient(first.url, ownerToken).get(
      '/activities',
    );
    const activities = workspaceActivities(items);
    await first.stop();

    const openTrail = async (trail, events) => {
      const backend = await startTrail(trail, DEMO_USERS.engineer);
      const pg = await openDatabase(trail);
      await loadEvents(pg, { workspace, activities, events });
      await waitForOwners(pg, workspace);
      await tidy(pg);
      return {
        backend,
        events,
        pg,
        owner: new TrailClient(backend.url, ownerToken),
      };
    };
    const small = ['size', 'histogram'].some(part =>
      options.parts.includes(part),
    )
      ? await openTrail('small', Math.floor(options.events / 10))
      : undefined;
    const large = await openTrail('large', options.events);
    const { url } = large.backend;
    return {
      options,
      receiver,
      workspace,
      activities,
      small,
      /** For further backends on its databases. */
      common,
      directory,
      large: {
        ...large,
        engineer: new TrailClient(url, await signIn(url)),
        service: new TrailClient(url, process.env.AUDIT_TRAIL_TOKEN),
      },
      /** What the page asks for when it is opened. */
      firstPage: { from: startOfTrail().toISOString(), limit: '50' },
      /** A portal with its frontend, for an Owner of the large trail. */
      startPortal: async () => {
        await buildFrontend(tools.yarn, { unlessBuilt: false });
        return startTrail('large', DEMO_USERS.owner, { withFrontend: true });
      },
      /** Another connection to the database of the large trail. */
      connect: () => openDatabase('large'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBackend } from '../../bench/backend.mjs';
import { catalogFile } from '../../bench/catalog.mjs';
import { TrailClient, signIn } from '../../bench/client.mjs';
import { startWebhookReceiver } from '../../bench/receiver.mjs';
import {
  createWorkspace,
  workspaceActivities,
} from '../../bench/workspace.mjs';
import { DEMO_USERS } from '../../lib/portal.mjs';
import { startPostgres } from '../../lib/postgres.mjs';
import { stopAll } from '../../lib/processes.mjs';
import { setup } from '../../lib/setup.mjs';
import { temporaryDirectory } from '../../lib/temporary.mjs';
import { webhookEnvironment } from '../destinations.mjs';

const CATALOG_RESOURCES = 100;

/**
 * A backend on a durable PostgreSQL, with a receiver of webhooks.
 *
 * @param {{ settings?: Record<string, string>, env?: Record<string, string> }} options
 *   settings of the server, and of the backend's environment
 */
export async function setStage({ settings, env = {} } = {}) {
  const tools = await setup();
  const directory = temporaryDirectory('faults');
  // What the backend and those who wait for it take for the service's token.
  process.env.AUDIT_TRAIL_TOKEN = randomBytes(24).toString('hex');
  const stage = { directory, workspace: createWorkspace() };
  stage.clear = async () => {
    await stopAll();
    await stage.receiver?.close();
    await stage.postgres?.stop();
  };
  try {
    stage.postgres = await startPostgres({ durable: true, settings });
    stage.receiver = await startWebhookReceiver();
    const files = path.join(directory, 'backend');
    mkdirSync(files);
    const catalog = path.join(directory, 'catalog.yaml');
    const resources = stage.workspace.resources.slice(0, CATALOG_RESOURCES);
    writeFileSync(catalog, catalogFile({ resources }));
    stage.spool = path.join(files, 'spool');
    stage.log = path.join(
      files,
      `large-${path.basename(DEMO_USERS.owner.ref)}.log`,
    );
    stage.backend = await startBackend({
      tools: {
        ...tools,
        env: {
          ...tools.env,
          ...webhookEnvironment({ all: stage.receiver.url }),
          ...env,
        },
      },
      postgres: stage.postgres,
      directory: files,
      catalogFile: catalog,
      receiverUrl: stage.receiver.url,
      trail: 'large',
      user: DEMO_USERS.owner,
      withoutCatalog: true,
    });
    const { url } = stage.backend;
    stage.owner = new TrailClient(url, await signIn(url));
    stage.service = new TrailClient(url, process.env.AUDIT_TRAIL_TOKEN);
    const { items } = await stage.owner.get('/activities');
    stage.activities = workspaceActivities(items);
    return stage;
  } catch (error) {
    await stage.clear();
    throw error;
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBackend } from '../../bench/backend.mjs';
import { catalogFile } from '../../bench/catalog.mjs';
import { TrailClient, signIn } from '../../bench/client.mjs';
import { loadEvents, tidy } from '../../bench/data.mjs';
import { DATABASES, connect } from '../../bench/database.mjs';
import {
  createWorkspace,
  workspaceActivities,
} from '../../bench/workspace.mjs';
import { DEMO_USERS } from '../../lib/portal.mjs';

/**
 * Starts a backend on a trail of so many events, for an Owner. `restart` starts
 * it again after its process has ended; `startReplica` starts another one
 * beside it, with settings of its own.
 */
export async function startStage({ tools, postgres, directory, events }) {
  const workspace = createWorkspace();
  const catalog = path.join(directory, 'catalog.yaml');
  writeFileSync(
    catalog,
    catalogFile({ resources: workspace.resources.slice(0, 100) }),
  );
  const launch = options =>
    startBackend({
      ...{ tools, postgres, directory, catalogFile: catalog },
      receiverUrl: 'http://127.0.0.1:9/',
      trail: 'large',
      user: DEMO_USERS.owner,
      ...options,
    });
  const start = async () => {
    const backend = await launch();
    const owner = new TrailClient(backend.url, await signIn(backend.url));
    return { backend, owner };
  };
  const stage = await start();
  const { items } = await stage.owner.get('/activities');
  const activities = workspaceActivities(items);
  const pg = await connect(postgres.connectionString, DATABASES.large);
  await loadEvents(pg, { workspace, events, activities });
  await tidy(pg);
  return {
    ...stage,
    ...{ workspace, activities, postgres, directory, pg },
    async startReplica(name, auditTrail) {
      const files = path.join(directory, name);
      mkdirSync(files);
      return launch({ directory: files, withoutCatalog: true, auditTrail });
    },
    async restart() {
      await this.backend.stop();
      Object.assign(this, await start());
    },
  };
}

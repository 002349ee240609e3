/**
 * The sample workspace as Segment's Public API tells of it, keys and settings
 * included.
 */
import {
  SOURCES,
  SPACES,
  USERS,
  WAREHOUSES,
  WORKSPACE,
} from './sampleWorkspace.mjs';

/** What must not be seen anywhere but here. */
export const SAMPLE_SECRETS = {
  writeKey: 'demo-secret-write-key',
  password: 'demo-secret-password',
};

const kinds = {
  javascript: { id: 'IqDTy1TpoU', name: 'Javascript', slug: 'javascript' },
  server: { id: '8E1tAPqDOu', name: 'HTTP API', slug: 'http-api' },
  postgres: { id: 'RDgd4LsRwJ', name: 'Postgres', slug: 'postgres' },
};

const owners = {
  [SOURCES.webShop.id]: 'web-team',
  [SOURCES.mobileApp.id]: 'marketing',
  [SOURCES.newsletter.id]: 'marketing',
};

const spaceOwners = { [SPACES.loyalty.id]: 'commerce' };

const kindOf = id => (owners[id] ? kinds.javascript : kinds.server);

export const SAMPLE_RESOURCES = {
  workspace: { ...WORKSPACE, name: 'Acme' },
  sources: Object.values(SOURCES).map(source => ({
    ...source,
    enabled: source !== SOURCES.newsletter,
    workspaceId: WORKSPACE.id,
    metadata: { ...kindOf(source.id), categories: ['Website'], options: [] },
    settings: { apiHost: SAMPLE_SECRETS.password },
    writeKeys: [`${SAMPLE_SECRETS.writeKey}-${source.slug}`],
    labels: [
      { key: 'environment', value: 'production' },
      ...(owners[source.id]
        ? [{ key: 'owner', value: owners[source.id] }]
        : []),
    ],
  })),
  warehouses: Object.values(WAREHOUSES).map(({ id, name }) => ({
    id,
    enabled: true,
    workspaceId: WORKSPACE.id,
    metadata: { ...kinds.postgres, options: [] },
    settings: {
      name,
      hostname: 'warehouse.example.com',
      username: 'segment',
      password: SAMPLE_SECRETS.password,
    },
  })),
  spaces: Object.values(SPACES).map(({ id, path, name }) => ({
    id,
    slug: path,
    name,
    labels: spaceOwners[id] ? [{ key: 'owner', value: spaceOwners[id] }] : [],
  })),
  users: USERS.map(user => ({
    ...user,
    permissions: [{ roleName: 'Workspace Owner', resources: [] }],
  })),
};

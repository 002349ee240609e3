import {
  ACTORS,
  AUDIENCES,
  FILTERS,
  FUNCTIONS,
  GROUPS,
  INTEGRATIONS,
  PEOPLE,
  RETIRED,
  SOURCES,
  SPACES,
  TRACKING_PLANS,
  TRAITS,
  WAREHOUSES,
  WAREHOUSE_SOURCES,
  WORKSPACE,
} from './sampleWorkspace.mjs';

const values = Object.values;
const { owner, webEngineer, dataEngineer, marketer, analyst } = ACTORS;
const { deployToken, terraformToken, syncService, functionsService, system } =
  ACTORS;

/** How each kind of resource stands in a delivery's details. */
const sourceDetails = source => ({
  resource_id: source.id,
  resource_type: 'source',
  source_id: source.id,
  target: source.name,
});

const warehouseDetails = warehouse => ({
  resource_id: warehouse.id,
  resource_type: 'warehouse',
  target: warehouse.name,
  warehouse_id: warehouse.id,
});

const integrationDetails = integration => ({
  metadata_id: integration.metadataId,
  resource_id: integration.id,
  resource_type: 'integration',
  source_id: integration.source.id,
  target: integration.name,
});

const filterDetails = filter => {
  const { source, slug } = filter.integration;
  return {
    resource_id: `workspaces/${WORKSPACE.slug}/sources/${source.slug}/destinations/${slug}/filters/${filter.id}`,
    resource_type: 'destination_filter',
    target: filter.name,
  };
};

const inSpace = (type, folder) => item => ({
  resource_id: `spaces/${item.space.path}/${folder}/${item.id}`,
  resource_type: type,
  target: item.name,
});

const plain = type => item => ({
  resource_id: item.id,
  resource_type: type,
  target: item.name ?? item.email,
});

/** What Segment tells of something that its schema met for the first time. */
const metDetails = (type, name) => source => ({
  blocked: String(/Blocked|Omitted/.test(type)),
  name,
  planned: 'false',
  resource_id: source.id,
  resource_type: 'source',
  source_id: source.id,
  source_name: source.name,
  source_slug: source.slug,
  target: source.name,
  tracking_plan_connected: 'false',
  tracking_plan_id: '',
  type: 'track',
});

const activity = (type, actors, items, details) => ({
  type,
  actors,
  choices: items.map(item => details(item)),
});

const each = (prefix, endings, ...rest) =>
  endings.map(ending => activity(`${prefix} ${ending}`, ...rest));

const met = (type, name) =>
  activity(
    type,
    [system],
    [SOURCES.webShop, SOURCES.mobileApp, SOURCES.paymentsApi],
    metDetails(type, name),
  );

const schema = (type, description) =>
  activity(
    type,
    [webEngineer, dataEngineer, marketer],
    values(SOURCES),
    source => ({ ...sourceDetails(source), description }),
  );

const SCHEMA_DEFAULTS = [
  'Block New Events',
  'Allow New Event Properties',
  'Omit New Group Traits',
  'Allow Group Traits On Violation',
  'Omit New Event Properties',
  'Allow New Identify Traits',
  'Omit Identify Traits On Violation',
  'Allow New Events',
  'Omit New Identify Traits',
  'Omit Group Traits On Violation',
  'Allow New Group Traits',
  'Allow Identify Traits On Violation',
];

/** Every documented activity, in the spelling of deliveries (singular). */
export const DOCUMENTED = [
  // Access Management
  ...each(
    'User Invite',
    ['Sent', 'Deleted'],
    [owner],
    PEOPLE,
    plain('user_invite'),
  ),
  activity(
    'User Invite Accepted',
    [analyst, marketer],
    PEOPLE,
    plain('user_invite'),
  ),
  activity('User Added via SSO', [system], PEOPLE, plain('user')),
  activity('User Removed', [owner], PEOPLE, plain('user')),
  ...each(
    'User Group',
    ['Created', 'Updated'],
    [owner],
    GROUPS,
    plain('user_group'),
  ),
  // Source
  ...each(
    'Source',
    ['Enabled', 'Disabled', 'Modified'],
    [webEngineer, dataEngineer, terraformToken, owner],
    values(SOURCES),
    sourceDetails,
  ),
  ...each(
    'Source',
    ['Created', 'Deleted'],
    [owner],
    [RETIRED.source],
    sourceDetails,
  ),
  // Integrations
  ...each(
    'Integration',
    ['Created', 'Enabled', 'Disabled', 'Modified', 'Deleted'],
    [webEngineer, marketer, terraformToken],
    INTEGRATIONS,
    integrationDetails,
  ),
  // Functions
  ...each(
    'Source Function',
    ['Created', 'Deleted', 'Modified'],
    [dataEngineer, deployToken],
    [FUNCTIONS.source],
    sourceDetails,
  ),
  ...each(
    'Destination Function',
    ['Created', 'Deleted', 'Modified'],
    [dataEngineer, deployToken, functionsService],
    [FUNCTIONS.destination],
    plain('destination_function'),
  ),
  // Destination Filters
  ...each(
    'Destination Filter',
    ['Created', 'Modified', 'Deleted'],
    [dataEngineer, webEngineer],
    FILTERS,
    filterDetails,
  ),
  // Warehouses
  ...each(
    'Warehouse',
    ['Enabled', 'Disabled', 'Modified'],
    [dataEngineer, terraformToken],
    values(WAREHOUSES),
    warehouseDetails,
  ),
  ...each(
    'Warehouse',
    ['Created', 'Deleted'],
    [dataEngineer],
    [RETIRED.warehouse],
    warehouseDetails,
  ),
  activity(
    'Warehouse Run Failed',
    [system],
    values(WAREHOUSES),
    warehouseDetails,
  ),
  // Protocols
  ...each(
    'Tracking Plan',
    [
      'Created',
      'Modified',
      'Deleted',
      'Inferred',
      'Operations Updated',
      'Updated',
    ],
    [webEngineer, analyst].map(actor => ({ ...actor, userId: '__system__' })),
    TRACKING_PLANS,
    plain('tracking_plan'),
  ),
  activity(
    'Source Connected to Tracking Plan',
    [webEngineer],
    values(SOURCES),
    sourceDetails,
  ),
  activity(
    'Source Disconnected From Tracking Plan',
    [webEngineer],
    values(SOURCES),
    sourceDetails,
  ),
  met('Tracking Plan New Event Blocked', 'checkout_strted'),
  met('New Event Allowed', 'Coupon Applied'),
  met('Tracking Plan New Group Trait Omitted', 'company_size'),
  met('Tracking Plan New Identify Trait Omitted', 'phone'),
  met('Tracking Plan New Track Property Omitted', 'referrer_id'),
  activity(
    'Violations Detected',
    [system],
    TRACKING_PLANS,
    plain('tracking_plan'),
  ),
  // Personas
  activity(
    'Source Connected To Space',
    [marketer],
    values(SOURCES),
    sourceDetails,
  ),
  activity(
    'Source Disconnected From Space',
    [marketer],
    values(SOURCES),
    sourceDetails,
  ),
  activity('Space Modified', [owner, marketer], values(SPACES), plain('space')),
  ...each(
    'Space',
    ['Created', 'Deleted'],
    [marketer],
    [RETIRED.space],
    plain('space'),
  ),
  ...each(
    'Computed Trait',
    ['Created', 'Modified', 'Deleted', 'CSV Downloaded'],
    [marketer, analyst],
    TRAITS,
    inSpace('computed_trait', 'traits'),
  ),
  ...each(
    'Computed Trait',
    ['Run Failed', 'Destination Sync Failed'],
    [system, syncService],
    TRAITS,
    inSpace('computed_trait', 'traits'),
  ),
  ...each(
    'Audience',
    ['Created', 'Modified', 'Deleted', 'CSV Downloaded'],
    [marketer, analyst],
    AUDIENCES,
    inSpace('audience', 'audiences'),
  ),
  ...each(
    'Audience',
    ['Run Failed', 'Destination Sync Failed'],
    [system, syncService],
    AUDIENCES,
    inSpace('audience', 'audiences'),
  ),
  ...each(
    'Personas Warehouse Source',
    ['Created', 'Modified', 'Deleted'],
    [dataEngineer, syncService],
    WAREHOUSE_SOURCES,
    inSpace('personas_warehouse_source', 'warehouse-sources'),
  ),
  // Schema Default
  ...SCHEMA_DEFAULTS.map(name =>
    schema(`Schema Default Edited To ${name}`, `Default changed to ${name}`),
  ),
  schema('Schema Event Allowed', 'Order Completed'),
  schema('Schema Event Blocked', 'Debug Ping'),
  schema('Schema Event Archived', 'Banner Clicked'),
  schema('Schema Identify Trait Blocked', 'phone'),
  schema('Schema Identify Trait Allowed', 'plan'),
  schema('Schema Identify Trait Archived', 'nickname'),
  schema(
    'Schema Event Property Rule Edited To Optional',
    'Order Completed: coupon',
  ),
  schema(
    'Schema Event Property Rule Edited To Forbidden',
    'Order Completed: card_number',
  ),
  schema(
    'Schema Event Property Rule Edited To Required',
    'Order Completed: order_id',
  ),
  schema(
    'Schema Event Property Conditions Edited',
    'Order Completed: currency',
  ),
  schema('Schema Group Property Blocked', 'industry'),
  schema('Schema Group Property Allowed', 'employees'),
];

/** Types that Segment sends without documenting them. */
export const UNDOCUMENTED = [
  activity(
    'Label Created',
    [owner],
    [{ id: 'environment:prod', name: 'environment:prod' }],
    plain('label'),
  ),
  ...each(
    'Destination Filter',
    ['Enabled', 'Disabled'],
    [dataEngineer],
    FILTERS,
    filterDetails,
  ),
];

/** Somebody looks at something; noise that the intake drops by default. */
export const PERMISSION_CHECKS = values(SOURCES).map(source => ({
  type: 'Permission Check',
  actors: [webEngineer],
  choices: [
    {
      action: 'source:debugger-view',
      resource_id: source.id,
      resource_type: 'source',
      sso_connection_id: '',
      subject_id: webEngineer.userId,
      subject_type: 'user',
    },
  ],
}));

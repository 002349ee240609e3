/**
 * The Segment workspace that the sample deliveries come from, and that the
 * stand-in for Segment tells of.
 */
export const WORKSPACE = { id: 'VWDxzzIpI5', slug: 'acme' };

export const SOURCES = {
  webShop: { id: 'q7XcPn2LdT', slug: 'web_shop', name: 'Web Shop' },
  mobileApp: { id: 'Zk4uWv9RbE', slug: 'mobile_app', name: 'Mobile App' },
  paymentsApi: { id: 'B4fc7r2vDB', slug: 'payments_api', name: 'Payments API' },
  auditFunction: {
    id: 'LAn9KpdvNZ',
    slug: 'audit_forwarding',
    name: 'Audit Function',
  },
  newsletter: { id: 'mT5hYs8GjA', slug: 'newsletter', name: 'Newsletter' },
};

export const WAREHOUSES = {
  postgres: { id: 'HpLcqdFbPX', name: 'postgres' },
  orders: { id: 'w3NfKe6JxQ', name: 'orders-redshift' },
};

/** `path` is what stands in the ids of audiences and traits. */
export const SPACES = {
  customers: {
    id: 'spa_2KpVd3wGhN6tQx9mBz4Ry8LcF7J',
    path: 'default',
    name: 'Customer Profiles',
  },
  loyalty: {
    id: 'spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
    path: 'spa_2LqWm7xTcV4nRb8sKd1Yh5JfZ0P',
    name: 'Loyalty Program',
  },
};

/** What was made and deleted again; no catalog entity stands for it. */
export const RETIRED = {
  source: { id: 'Fy6gTk2WpS', slug: 'old_kiosk', name: 'Old Kiosk' },
  warehouse: { id: 'Dq8vJm4HzR', name: 'bigquery-trial' },
  space: { id: 'spa_2FwKt9cXm5Gv3Sj8Ln1Rq7BdY4H', name: 'Sandbox' },
};

/** Destinations of sources; `metadataId` is the kind of destination. */
export const INTEGRATIONS = [
  {
    id: 'Cw8pLz3QmY',
    metadataId: '54521fd525e721e32a72ee91',
    slug: 'amplitude',
    name: 'Amplitude',
    source: SOURCES.webShop,
  },
  {
    id: 'Jd6vTn1KsB',
    metadataId: '54521fd725e721e32a72eebb',
    slug: 'google-analytics',
    name: 'Google Analytics',
    source: SOURCES.webShop,
  },
  {
    id: 'Rf2yHx7GcM',
    metadataId: '54521fd525e721e32a72ee92',
    slug: 'braze',
    name: 'Braze',
    source: SOURCES.mobileApp,
  },
  {
    id: 'Nb9sWq4EuV',
    metadataId: '54521fd925e721e32a72eee1',
    slug: 'mixpanel',
    name: 'Mixpanel',
    source: SOURCES.mobileApp,
  },
  {
    id: 'Xg5kPj8ZaD',
    metadataId: '5d3752bf15c2c6ab5d4c9a01',
    slug: 'fraud-check',
    name: 'Fraud Check',
    source: SOURCES.paymentsApi,
  },
  {
    id: 'Th3mRc6LoF',
    metadataId: '554926390a20f4e22f0fb38a',
    slug: 'webhooks',
    name: 'Webhooks',
    source: SOURCES.auditFunction,
  },
  {
    id: 'Vq1zBy9NiK',
    metadataId: '54521fd725e721e32a72eec7',
    slug: 'mailchimp',
    name: 'Mailchimp',
    source: SOURCES.newsletter,
  },
];

export const TRACKING_PLANS = [
  { id: 'tp_2JmYx4kVd8Gq1Nw7Rb3Tz6HcLfP', name: 'Shop events' },
  { id: 'tp_2NcQv7sLh5Ke9Xm2Wd4Pg8JyRtB', name: 'App events' },
];

export const AUDIENCES = [
  {
    id: 'aud_2RtGk8wQn3Vx6Lb1Zm5Yc9HsDfJ',
    name: 'Cart abandoned in 7 days',
    space: SPACES.customers,
  },
  {
    id: 'aud_2SvHm1xRp4Wy7Nc2Bk6Zd0JtEgL',
    name: 'High value customers',
    space: SPACES.customers,
  },
  {
    id: 'aud_2TwJn2ySq5Xz8Pd3Cl7Be1KuFhM',
    name: 'Gold members about to lapse',
    space: SPACES.loyalty,
  },
  {
    id: 'aud_2VxKp3zTr6Yb9Qf4Dm8Cg2LvGjN',
    name: 'New members',
    space: SPACES.loyalty,
  },
];

export const TRAITS = [
  {
    id: 'tra_2WyLq4bVs7Zc1Rg5En9Dh3MwHkP',
    name: 'Lifetime value',
    space: SPACES.customers,
  },
  {
    id: 'tra_2XzMr5cWt8Bd2Sh6Fp0Ej4NxJlQ',
    name: 'Points in the last 30 days',
    space: SPACES.loyalty,
  },
];

export const WAREHOUSE_SOURCES = [
  {
    id: 'whs_2YbNs6dXv9Cf3Tj7Gq1Fk5PyKmR',
    name: 'Store visits',
    space: SPACES.customers,
  },
];

/** Segment makes a source of its own for a source function. */
export const FUNCTIONS = {
  source: { id: 'Kp4sXv7NcR', name: 'Point of sale intake' },
  destination: { id: 'dfn_8VmXb4', name: 'Fraud check' },
};

export const FILTERS = [
  {
    id: 'df_2ZcPt7fYw1Dg4Vk8Hr2Gl6QzLnS',
    name: 'Drop internal traffic',
    integration: INTEGRATIONS[0],
  },
  {
    id: 'df_2BdQv8gZx2Eh5Wl9Js3Hm7RbMpT',
    name: 'Drop "Permission Check" Audit Events',
    integration: INTEGRATIONS[5],
  },
];

export const PEOPLE = [
  { id: 'GjN7Wq3TzB', email: 'nora@example.com' },
  { id: 'Pc4RxV9mKd', email: 'jonas@example.com' },
];

export const GROUPS = [
  { id: 'grp_5TqZx8', name: 'Campaign managers' },
  { id: 'grp_9LwKc3', name: 'Analysts' },
];

/** Those who may sign in to Segment; the analyst has left since. */
export const USERS = [
  { id: 'MNxxtIRCbe', name: 'Jana Mertens', email: 'jm@example.com' },
  { id: 'bX3kTq8LwE', name: 'Wim Bakker', email: 'wim@example.com' },
  { id: 'hR6nVz2YcU', name: 'Dana Ortiz', email: 'dana@example.com' },
  { id: 'sK9dMp5GfJ', name: 'Mira Lindt', email: 'mira@example.com' },
  { id: 'GjN7Wq3TzB', name: 'Nora Weiss', email: 'nora@example.com' },
  { id: 'Pc4RxV9mKd', name: 'Jonas Falk', email: 'jonas@example.com' },
];

const user = id => ({ userId: id, subject: `users/${id}` });
const other = subject => ({ userId: '__system__', subject });

/** Who acts. Deliveries carry ids only, so these have nothing but ids. */
export const ACTORS = {
  owner: user('MNxxtIRCbe'),
  webEngineer: user('bX3kTq8LwE'),
  dataEngineer: user('hR6nVz2YcU'),
  marketer: user('sK9dMp5GfJ'),
  analyst: user('yW1cLb7QxN'),
  deployToken: other('tokens/tok_4NvHs7'),
  terraformToken: other('tokens/tok_8QzRk2'),
  syncService: other('services/profiles-sync'),
  functionsService: other('services/functions-runtime'),
  system: { userId: '__system__' },
};

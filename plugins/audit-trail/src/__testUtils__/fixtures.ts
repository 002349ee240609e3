import { ResponseError } from '@backstage/errors';
import {
  TRAIL_READ_TYPES,
  type AuditEvent,
  type AuditEventFacets,
  type AuditEventHistogram,
  type AuditEventPage,
  type AuditTrailAccess,
  type Delivery,
  type Destination,
  type SavedView,
} from 'backstage-plugin-audit-trail-common';
import type { AuditTrailApi } from '../api';

/** An event: a warehouse disabled by a person. */
export function auditEvent(overrides: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: '019a0000-0000-7000-8000-000000000001',
    occurredAt: new Date(Date.now() - 12.5 * 60_000).toISOString(),
    recordedAt: new Date(Date.now() - 11 * 60_000).toISOString(),
    type: 'warehouse.disabled',
    originalType: 'Storage Destination Disabled',
    label: 'Warehouses Disabled',
    category: 'warehouses',
    verb: 'disabled',
    harmful: true,
    outcome: 'succeeded',
    workspace: 'acme',
    source: 'segment',
    intakes: ['segment-webhook'],
    actor: { type: 'user', id: 'MNxx', email: 'jm@example.com' },
    resource: {
      key: 'segment:warehouse:HpLc',
      type: 'warehouse',
      id: 'HpLc',
      name: 'orders-redshift',
      entityRef: 'resource:default/orders-redshift',
    },
    resources: ['segment:warehouse:HpLc', 'segment:source:web'],
    details: { ip: '203.0.113.7' },
    ...overrides,
  };
}

/** A second event: a source modified by a token, harmless. */
export const sourceModified = auditEvent({
  id: '019a0000-0000-7000-8000-000000000002',
  type: 'source.modified',
  originalType: 'Source Modified',
  label: 'Source Modified',
  category: 'source',
  verb: 'modified',
  harmful: false,
  actor: { type: 'access-token', id: 'tok1', name: 'deploy-bot' },
  resource: { key: 'segment:source:web', type: 'source', id: 'web-shop' },
  resources: ['segment:source:web'],
  changes: [{ path: 'settings.enabled', before: true, after: false }],
});

/** A page of events. */
export function eventPage(
  items: AuditEvent[],
  overrides: Partial<AuditEventPage> = {},
): AuditEventPage {
  return {
    items,
    pageInfo: {},
    totalItems: items.length,
    totalItemsCapped: false,
    ...overrides,
  };
}

/** Choices of the filters. */
export const facets: AuditEventFacets = {
  types: [
    { value: 'warehouse.disabled', label: 'Warehouses Disabled', count: 7 },
    { value: 'source.modified', label: 'Source Modified', count: 5 },
  ],
  categories: [
    { value: 'warehouses', count: 7 },
    { value: 'source', count: 5 },
  ],
  actors: [
    { value: 'MNxx', label: 'jm@example.com', type: 'user', count: 7 },
    { value: 'tok1', label: 'deploy-bot', type: 'access-token', count: 5 },
  ],
  resources: [
    {
      value: 'segment:warehouse:HpLc',
      label: 'orders-redshift',
      type: 'warehouse',
      count: 7,
    },
  ],
  workspaces: [{ value: 'acme', count: 12 }],
  sources: [{ value: 'segment', count: 12 }],
  outcomes: [{ value: 'succeeded', count: 12 }],
  complete: true,
  countedEvents: 12,
};

/** Activity of three days: none on the second, something harmful on the third. */
export function histogram(
  overrides: Partial<AuditEventHistogram> = {},
): AuditEventHistogram {
  const day = (date: string) => ({
    from: `${date}T00:00:00.000Z`,
    to: `${date}T23:59:59.999Z`,
  });
  return {
    buckets: [
      {
        ...day('2026-11-20'),
        total: 5,
        harmful: 0,
        byCategory: [{ category: 'source', count: 5 }],
      },
      { ...day('2026-11-21'), total: 0, harmful: 0, byCategory: [] },
      {
        ...day('2026-11-22'),
        total: 7,
        harmful: 3,
        byCategory: [
          { category: 'warehouses', count: 4 },
          { category: 'source', count: 3 },
        ],
      },
    ],
    bucketSize: { unit: 'day', count: 1 },
    timeZone: 'UTC',
    total: 12,
    complete: true,
    ...overrides,
  };
}

/** What the reader may see: everything, unless said otherwise. */
export function accessOf(
  overrides: Partial<AuditTrailAccess> = {},
): AuditTrailAccess {
  return {
    page: true,
    export: true,
    owners: [],
    entities: 'all',
    ...overrides,
  };
}

/** What a reader may see who is no Owner, but owns something. */
export const engineersAccess = accessOf({
  page: false,
  reason: 'not-an-owner',
  owners: ['group:default/platform'],
  entities: 'owned',
  ownerRefs: [
    'user:default/emil',
    'group:default/web-team',
    'group:default/commerce',
  ],
});

/** What an Owner may see who may also see where the trail is sent. */
export const forwardersAccess = accessOf({
  forwarding: true,
  destinationUpdate: true,
  deliveryRedrive: true,
  owners: ['group:default/platform'],
});

/** A destination: Slack, to which everything was delivered. */
export function destination(overrides: Partial<Destination> = {}): Destination {
  const hour = 60 * 60_000;
  const present = Math.floor(Date.now() / hour) * hour;
  return {
    id: 'slack-data',
    type: 'slack',
    title: 'Slack of the data team',
    state: 'working',
    enabled: true,
    paused: false,
    filter: { harmful: true },
    holdFailuresMinutes: 0,
    pending: 0,
    pendingCapped: false,
    lagSeconds: 0,
    deadLetters: 0,
    lastSuccessAt: new Date(Date.now() - 12.5 * 60_000).toISOString(),
    hours: Array.from({ length: 24 }, (_, index) => ({
      hour: new Date(present - (23 - index) * hour).toISOString(),
      delivered: 50,
      failed: 0,
    })),
    ...overrides,
  };
}

/** A second destination: a webhook, for everything but views of the trail. */
export const siem = destination({
  id: 'siem',
  type: 'webhook',
  title: 'SIEM',
  filter: { not: { types: [...TRAIL_READ_TYPES] } },
});

/** A delivery: the warehouse disabled, refused by the SIEM. */
export function delivery(overrides: Partial<Delivery> = {}): Delivery {
  const event = overrides.event ?? auditEvent();
  return {
    destinationId: 'siem',
    eventId: event.id,
    state: 'dead',
    queuedAt: event.recordedAt,
    at: new Date(Date.now() - 10.5 * 60_000).toISOString(),
    attempts: 0,
    error: 'https://siem.example.com answered 400: too large',
    event,
    ...overrides,
  };
}

/** The API, answering as for an Owner of a trail with two events. */
export function fakeApi(overrides: Partial<AuditTrailApi> = {}) {
  const answers = {
    queryEvents: jest.fn<
      ReturnType<AuditTrailApi['queryEvents']>,
      Parameters<AuditTrailApi['queryEvents']>
    >(async () => eventPage([auditEvent(), sourceModified])),
    countNewerEvents: jest.fn<
      ReturnType<AuditTrailApi['countNewerEvents']>,
      Parameters<AuditTrailApi['countNewerEvents']>
    >(async () => ({ totalItems: 0, totalItemsCapped: false })),
    getRelatedEvents: jest.fn(async () => ({
      from: '2026-11-22T12:00:00.000Z',
      to: '2026-11-22T14:00:00.000Z',
      resource: { totalItems: 5, totalItemsCapped: false },
      actor: { totalItems: 1, totalItemsCapped: false },
    })),
    getEvent: jest.fn(async (id: string) => auditEvent({ id })),
    getFacets: jest.fn<
      ReturnType<AuditTrailApi['getFacets']>,
      Parameters<AuditTrailApi['getFacets']>
    >(async () => facets),
    getHistogram: jest.fn<
      ReturnType<AuditTrailApi['getHistogram']>,
      Parameters<AuditTrailApi['getHistogram']>
    >(async () => histogram()),
    getActivities: jest.fn(async () => ({
      items: [],
      categories: [],
      unmapped: [],
    })),
    getCoverage: jest.fn(async () => ({ items: [] })),
    getAccess: jest.fn(async () => accessOf()),
    exportEvents: jest.fn(),
    getExport: jest.fn(),
    getDestinations: jest.fn<ReturnType<AuditTrailApi['getDestinations']>, []>(
      async () => ({ items: [] }),
    ),
    updateDestination: jest.fn(),
    testDestination: jest.fn(),
    queryDeliveries: jest.fn(async () => ({ items: [], pageInfo: {} })),
    redriveDeliveries: jest.fn(),
    previewDestination: jest.fn(async () => ({
      totalItems: 2,
      totalItemsCapped: false,
    })),
    findFacetValues: jest.fn<
      ReturnType<AuditTrailApi['findFacetValues']>,
      Parameters<AuditTrailApi['findFacetValues']>
    >(async () => ({ items: [], complete: true })),
    getWaysOut: jest.fn<
      ReturnType<AuditTrailApi['getWaysOut']>,
      Parameters<AuditTrailApi['getWaysOut']>
    >(async () => ({ anything: false, items: [] })),
    getSavedViews: jest.fn<ReturnType<AuditTrailApi['getSavedViews']>, []>(
      async () => ({ items: [], mayShare: false }),
    ),
    createSavedView: jest.fn(),
    updateSavedView: jest.fn(),
    deleteSavedView: jest.fn(),
  };
  // What a test puts in their place are mocks as well.
  return { ...answers, ...overrides } as typeof answers;
}

/** A view that somebody has saved: the reader's own, unless it is shared. */
export function savedView(overrides: Partial<SavedView> = {}): SavedView {
  return {
    id: 'v1',
    name: 'Harmful, this week',
    query: 'harmful=true&range=7d',
    shared: false,
    version: 1,
    createdBy: 'user:default/olivia',
    createdAt: '2026-11-01T08:00:00.000Z',
    updatedBy: 'user:default/olivia',
    updatedAt: '2026-11-01T08:00:00.000Z',
    ...overrides,
  };
}

/** An error as the backend answers with it. */
export function responseError(
  status: number,
  message: string,
  headers: Record<string, string> = {},
) {
  return ResponseError.fromResponse({
    status,
    statusText: 'Refused',
    ok: false,
    url: 'http://localhost:7007/api/audit-trail',
    redirected: false,
    type: 'basic',
    headers: {
      get: (name: string) =>
        ({ 'content-type': 'application/json', ...headers }[name] ?? null),
    } as unknown as Headers,
    text: async () =>
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      }),
  } as unknown as Parameters<typeof ResponseError.fromResponse>[0]);
}

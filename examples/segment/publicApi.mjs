/**
 * What Segment's Public API answers: the workspace (`GET /`), its sources,
 * warehouses, spaces and users, and its audit events.
 */
const MAX_PAGE_SIZE = 200;
const MAX_EVENTS_PAGE_SIZE = 1_000;
/** How far back audit events are told. */
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1000;
const STABLE = 'application/vnd.segment.v1+json';
const ALPHA = 'application/vnd.segment.v1alpha+json';

const place = number => Buffer.from(String(number)).toString('base64');

const refuse = (status, type, more) => ({
  status,
  body: { errors: [{ type, ...more }] },
});

/** One page of a list. */
function listPage({ url, collection, items, maxPageSize = MAX_PAGE_SIZE }) {
  const count = Number(url.searchParams.get('pagination[count]') ?? 10);
  const cursor = url.searchParams.get('pagination[cursor]');
  const start = cursor ? Number(Buffer.from(cursor, 'base64')) : 0;
  if (!(count >= 1 && count <= maxPageSize) || Number.isNaN(start)) {
    return refuse(422, 'validation');
  }
  const end = start + count;
  return {
    status: 200,
    body: {
      data: {
        [collection]: items.slice(start, end),
        pagination: {
          current: place(start),
          next: end < items.length ? place(end) : null,
          totalEntries: items.length,
        },
      },
    },
  };
}

/**
 * One page of the audit events of a span of time, both ends included. What has
 * an `arrivesAt` is not told before that time, and nobody is ever told of it.
 */
function auditEventsPage({ url, events, newestFirst, now }) {
  const time = name => {
    const value = url.searchParams.get(name);
    return value === null ? undefined : Date.parse(value);
  };
  const from = time('startTime') ?? now - MAX_AGE_MS;
  const to = time('endTime') ?? now;
  if (!(from >= now - MAX_AGE_MS && to >= from)) {
    return refuse(422, 'validation', { field: 'startTime' });
  }
  const told = events.filter(({ timestamp, arrivesAt }) => {
    const at = Date.parse(timestamp);
    return at >= from && at <= to && !(arrivesAt > now);
  });
  const direction = newestFirst ? -1 : 1;
  return listPage({
    url,
    collection: 'events',
    items: told
      .sort((a, b) => (a.timestamp < b.timestamp ? -direction : direction))
      .map(({ arrivesAt, ...event }) => event),
    maxPageSize: MAX_EVENTS_PAGE_SIZE,
  });
}

/**
 * Answers a GET request.
 *
 * @param {object} request
 * @param {Record<string, any>} request.headers
 * @param {URL} request.url
 * @param {string} request.token the one that is taken
 * @param {{ id: string, slug: string, name?: string }} [request.workspace]
 * @param {any[]} [request.sources]
 * @param {any[]} [request.warehouses]
 * @param {any[]} [request.spaces] left out for a workspace without that feature
 * @param {any[]} [request.users]
 * @param {any[]} [request.auditEvents] `arrivesAt` (milliseconds) makes one late
 * @param {boolean} [request.newestFirst] the order of audit events
 * @param {number} [request.now] milliseconds
 * @returns {{ status: number, body: any }}
 */
export function answerPublicApi(request) {
  const { headers, url, token, workspace, spaces } = request;
  const { sources = [], warehouses = [], users = [] } = request;
  const resources = {
    '/': workspace && { accept: STABLE, one: { workspace } },
    '/sources': { accept: STABLE, items: sources },
    '/warehouses': { accept: STABLE, items: warehouses },
    '/spaces': { accept: ALPHA, items: spaces },
    '/users': { accept: STABLE, items: users },
    '/audit-events': { accept: STABLE, items: request.auditEvents },
  };
  if (headers.authorization !== `Bearer ${token}`) {
    return refuse(401, 'unauthorized');
  }
  const resource = resources[url.pathname];
  if (resource && !headers.accept?.startsWith(resource.accept)) {
    return refuse(406, 'not-acceptable');
  }
  if (resource?.one) {
    return { status: 200, body: { data: resource.one } };
  }
  if (!resource?.items) {
    return refuse(404, 'not-found');
  }
  if (url.pathname === '/audit-events') {
    return auditEventsPage({
      url,
      events: resource.items,
      newestFirst: request.newestFirst ?? true,
      now: request.now ?? Date.now(),
    });
  }
  const collection = url.pathname.slice(1);
  return listPage({ url, collection, items: resource.items });
}

const fault = ({ status, body }, headers = {}) => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** A fault of the stand-in: there were too many requests. */
export const tooManyRequests = msBeforeNext =>
  fault(
    refuse(429, 'too-many-requests', {
      message: 'Too many requests',
      data: { msBeforeNext },
    }),
    {
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': new Date(Date.now() + msBeforeNext).toUTCString(),
    },
  );

/** A fault of the stand-in: the token is not taken any more. */
export const tokenExpired = () => fault(refuse(401, 'unauthorized'));

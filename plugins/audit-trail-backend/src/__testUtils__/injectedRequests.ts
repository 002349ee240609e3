import type { RawRequest } from './rawRequests';

type Injected = Omit<RawRequest, 'headers'>;

const BASE = '/api/audit-trail/v1';

const get = (address: string): Injected => ({
  method: 'GET',
  path: `${BASE}${address}`,
});
const send = (method: string, address: string, body: object): Injected => ({
  method,
  path: `${BASE}${address}`,
  body: JSON.stringify(body),
});

const FILTER_PARAMS = [
  ...['type', 'category', 'actor', 'actorType', 'resource', 'workspace'],
  ...['source', 'outcome', 'entityRef', 'harmful', 'from', 'to', 'q'],
  ...['not.type', 'not.category', 'not.actor', 'not.resource'],
  ...['not.workspace', 'not.source'],
];
const TIME = 'from=2026-01-01&to=2026-02-01';

/** Filters in JSON that a text can stand in. */
const FILTERS: ((payload: string) => object)[] = [
  payload => ({ types: [payload], actors: [payload, 'x'] }),
  payload => ({ resources: [payload], workspaces: [payload] }),
  payload => ({ text: payload }),
  payload => ({ not: { sources: [payload], categories: [payload] } }),
];

/**
 * Every place of the HTTP API where a text of the caller's may get into a
 * statement of the database, by what it is.
 */
export function injectedRequests(ids: {
  event: string;
  view: string;
  destination: string;
}): Record<string, (payload: string) => Injected> {
  const { event, view, destination } = ids;
  const requests: Record<string, (payload: string) => Injected> = {};
  for (const name of FILTER_PARAMS) {
    requests[`${name} of events`] = payload =>
      get(`/events?limit=20&${name}=${encodeURIComponent(payload)}`);
  }
  const places: Record<string, (text: string) => string> = {
    'limit of events': text => `/events?limit=${text}`,
    'cursor of events': text => `/events?cursor=${text}`,
    'order of events': text => `/events?order=${text}`,
    'name of a parameter': text => `/events?${text}=1`,
    'cursor of newer events': text => `/events/newer?cursor=${text}`,
    'id of an event': text => `/events/${text}`,
    'id of related events': text => `/events/${text}/related`,
    'entity of related events': text =>
      `/events/${event}/related?entityRef=${text}`,
    'values of facets': text =>
      `/events/facets?actor=${text}&q=${text}&not.type=${text}`,
    'name of a facet': text => `/events/facets/${text}?find=x`,
    'actor to find': text => `/events/facets/actors?find=${text}`,
    'resource to find': text => `/events/facets/resources?find=${text}`,
    'filter of what to find': text =>
      `/events/facets/actors?find=x&resource=${text}&q=${text}`,
    'ways out': text => `/events/ways-out?type=${text}&q=${text}&actor=${text}`,
    'time zone': text => `/events/histogram?${TIME}&timeZone=${text}`,
    buckets: text => `/events/histogram?${TIME}&buckets=${text}`,
    'filter of a histogram': text =>
      `/events/histogram?${TIME}&q=${text}&not.resource=${text}`,
    'format of an export': text => `/events/export?${TIME}&format=${text}`,
    'compress of an export': text => `/events/export?${TIME}&compress=${text}`,
    'order of an export': text => `/events/export?${TIME}&order=${text}`,
    'filter of an export': text =>
      `/events/export?format=ndjson&actor=${text}&type=${text}&not.resource=${text}`,
    'text of an export': text => `/events/export?format=json&q=${text}`,
    'id of an export': text => `/exports/${text}`,
    'unmapped activities': text => `/activities?unmapped=${text}`,
    'destination of deliveries': text => `/deliveries?destination=${text}`,
    'event of deliveries': text => `/deliveries?eventId=${text}`,
    'state of deliveries': text => `/deliveries?state=${text}`,
    'cursor of deliveries': text => `/deliveries?limit=1&cursor=${text}`,
  };
  for (const [name, address] of Object.entries(places)) {
    requests[name] = payload => get(address(encodeURIComponent(payload)));
  }
  FILTERS.forEach((filter, at) => {
    requests[`filter ${at} of a destination`] = payload =>
      send('PATCH', `/destinations/${destination}`, {
        filter: filter(payload),
      });
    requests[`filter ${at} of a preview`] = payload =>
      send('POST', `/destinations/${destination}/preview`, {
        filter: filter(payload),
        since: '2026-01-01',
      });
    requests[`filter ${at} of a redrive`] = payload =>
      send('POST', '/deliveries/redrive', {
        destination,
        filter: filter(payload),
      });
  });
  return {
    ...requests,
    'id of a destination': payload =>
      send('PATCH', `/destinations/${encodeURIComponent(payload)}`, {
        paused: true,
      }),
    'backfill of a destination': payload =>
      send('PATCH', `/destinations/${destination}`, { backfillFrom: payload }),
    'destination of a redrive': payload =>
      send('POST', '/deliveries/redrive', { destination: payload }),
    'events of a redrive': payload =>
      send('POST', '/deliveries/redrive', {
        destination,
        eventIds: [event, payload],
      }),
    'name of a view': payload =>
      send('POST', '/views', { name: payload.slice(0, 80), query: '' }),
    'query of a view': payload =>
      send('PATCH', `/views/${view}`, {
        version: 1,
        query: `q=${encodeURIComponent(payload)}`,
      }),
    'id of a view': payload =>
      send('PATCH', `/views/${encodeURIComponent(payload)}`, {
        version: 1,
        name: 'x',
      }),
    'version of a view': payload => ({
      method: 'DELETE',
      path: `${BASE}/views/${view}?version=${encodeURIComponent(payload)}`,
    }),
  };
}

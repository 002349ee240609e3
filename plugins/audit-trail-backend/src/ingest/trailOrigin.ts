import type { EventOrigin } from './normaliseEvent';

/** Where the events come from that the trail records of itself. */
export const TRAIL_ORIGIN: EventOrigin = {
  source: 'plugin:audit-trail',
  intake: 'audit-trail',
};

/** The trail as a resource. */
export const TRAIL_RESOURCE = {
  key: 'backstage:audit-trail:events',
  name: 'Audit Trail',
};

/** A destination as a resource. */
export function destinationResource(id: string, title: string) {
  return { key: `backstage:audit-trail-destination:${id}`, name: title };
}

/** A shared view as a resource. */
export function viewResource(id: string, name: string) {
  return { key: `backstage:audit-trail-view:${id}`, name };
}

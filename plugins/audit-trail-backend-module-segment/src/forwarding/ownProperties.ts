import { isObject } from '../isObject';

/**
 * Name of the property of forwarded events that holds what the trail knows of
 * an event beyond Segment's own form. It also marks the event as forwarded.
 */
export const OWN_PROPERTIES = 'backstage_audit_trail';

/**
 * Whether a delivery of Segment is an event that a trail has forwarded to a
 * source: the trail knows it already, so it is no new fact.
 */
export function isForwardedByTrail(delivery: unknown): boolean {
  const properties = isObject(delivery) ? delivery.properties : undefined;
  const own = isObject(properties) ? properties[OWN_PROPERTIES] : undefined;
  return (
    isObject(own) &&
    typeof own.destination === 'string' &&
    typeof own.event_id === 'string'
  );
}

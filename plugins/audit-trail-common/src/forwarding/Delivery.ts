import type { AuditEvent } from '../events';
import type { AuditEventFilter } from '../filter';

/**
 * States of deliveries.
 *
 * - `pending`: waits, for its turn or for another try
 * - `delivered`: the destination has taken it
 * - `dead`: given up; stays until somebody sends it again
 * - `skipped`: not sent on purpose; the delivery's `error` says why
 *
 * @public
 */
export const DELIVERY_STATES = [
  'pending',
  'delivered',
  'dead',
  'skipped',
] as const;

/**
 * State of a delivery.
 *
 * @public
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * One event on its way to one destination.
 *
 * @public
 */
export interface Delivery {
  destinationId: string;
  eventId: string;
  state: DeliveryState;
  /** ISO 8601, UTC. */
  queuedAt: string;
  /** When it came into its state, or is tried again; ISO 8601, UTC. */
  at: string;
  /** Calls that failed. */
  attempts: number;
  /** Why the last call failed, or why it was not sent. */
  error?: string;
  /** The event. */
  event?: AuditEvent;
}

/**
 * One page of deliveries, newest event first.
 *
 * @public
 */
export interface DeliveryPage {
  items: Delivery[];
  pageInfo: { nextCursor?: string };
}

/**
 * Which deliveries to list.
 *
 * @public
 */
export interface QueryDeliveriesRequest {
  /** Those of one destination. */
  destination?: string;
  /** Those of one event. */
  eventId?: string;
  /** Those in one state. */
  state?: DeliveryState;
  /** 1 to 500, 50 if not given. */
  limit?: number;
  cursor?: string;
}

/**
 * Which dead letters of a destination to send again: those of some events, or
 * those whose events a filter chooses; all if neither is given.
 *
 * @public
 */
export interface RedriveRequest {
  destination: string;
  eventIds?: string[];
  filter?: AuditEventFilter;
}

/**
 * What was sent on its way again.
 *
 * @public
 */
export interface RedriveResponse {
  redriven: number;
}

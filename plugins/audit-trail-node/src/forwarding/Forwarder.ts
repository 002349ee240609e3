import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/**
 * What a batch may be at most. The engine never hands over more.
 *
 * @public
 */
export interface ForwarderLimits {
  /** Events of one call. */
  maxEvents: number;
  /** Shortest time between two calls, in milliseconds, on all replicas. */
  minIntervalMs?: number;
}

/**
 * One call to a destination.
 *
 * @public
 */
export interface ForwardRequest {
  /** Events in the order of their ids, which is that of their time. */
  events: AuditEvent[];
  /** A message made up to test the destination; say so in what is sent. */
  test?: boolean;
  /** Aborted when the call takes too long or the backend stops. */
  signal: AbortSignal;
}

/**
 * What became of a batch that was taken.
 *
 * @public
 */
export interface ForwardResult {
  /** Events that there was nobody to send to, with the reason for people. */
  skipped?: { eventId: string; reason: string }[];
}

/**
 * What a test of a destination has shown.
 *
 * @public
 */
export interface ForwarderTestResult {
  /** What is certain now, each a sentence. */
  proves: string[];
  /** What nobody can know from it, each a sentence. */
  doesNotProve: string[];
}

/**
 * Delivers events to one destination.
 *
 * @remarks
 *
 * The engine keeps the queue, the order, the retries and the dead letters. A
 * forwarder only makes calls:
 *
 * 1. The engine asks {@link Forwarder.skip} about each event.
 * 2. It calls {@link Forwarder.forward} with a batch, one call at a time for
 *    a destination, on whichever replica holds the destination's lease.
 * 3. If that resolves, all events of the batch are delivered. If it throws,
 *    none is, as far as the engine knows, and the class of the error says what
 *    follows; see {@link DeliveryRetryError}, {@link DeliveryRejectedError} and
 *    {@link DestinationGoneError}. Any other error counts as the first.
 *
 * Delivery is at least once: after a crash between delivery and
 * acknowledgement the same events come again, with the same ids. So whatever
 * the receiver tells events apart by has to be made of the event's id.
 *
 * @public
 */
export interface Forwarder {
  limits: ForwarderLimits;
  /**
   * Why an event is not to be sent to this destination at all, such as that it
   * was caused by an earlier delivery; `undefined` if it is to be sent.
   */
  skip?(event: AuditEvent): string | undefined;
  /** Delivers a batch. */
  forward(request: ForwardRequest): Promise<ForwardResult | void>;
  /**
   * What a test shows, after a test event was forwarded without an error. May
   * ask the destination for more.
   */
  test?(options: { signal: AbortSignal }): Promise<ForwarderTestResult>;
}

/**
 * What a forwarder is made from.
 *
 * @public
 */
export interface ForwarderOptions {
  /** The destination's id, as in app-config. */
  destinationId: string;
  /**
   * The destination's section of app-config,
   * `auditTrail.forwarding.destinations.<id>`.
   */
  config: Config;
  logger: LoggerService;
  /** The address of an event's page in the portal. */
  eventUrl(eventId: string): string;
}

/**
 * A kind of destination.
 *
 * @public
 */
export interface ForwarderFactory {
  /** The `type` of destinations in app-config, such as `slack`. */
  type: string;
  /**
   * Makes the forwarder of one destination, at start.
   *
   * @throws `InputError` that names the key that is wrong; the backend does
   * not start then
   */
  create(options: ForwarderOptions): Forwarder;
}

import type { AuditEventFilter } from '../filter';

/**
 * How a destination is doing.
 *
 * - `off`: nothing is sent there, and nothing is kept for it
 * - `paused`: nothing is sent there, but everything is kept for it
 * - `gone`: the destination wants no more events; its queue is kept
 * - `failing`: the last call failed; it is tried again at `retryAt`
 * - `falling-behind`: it takes events more slowly than they come
 * - `quiet`: nothing was to be sent for a day, unlike in the week before
 * - `working`: everything that was to be sent has been, or is about to be
 *
 * @public
 */
export type DestinationState =
  | 'off'
  | 'paused'
  | 'gone'
  | 'failing'
  | 'falling-behind'
  | 'quiet'
  | 'working';

/**
 * Deliveries within an hour.
 *
 * @public
 */
export interface DestinationHour {
  /** Its beginning: ISO 8601, UTC. */
  hour: string;
  /** Events delivered. */
  delivered: number;
  /** Calls that failed. */
  failed: number;
}

/**
 * What an Owner may change of a destination.
 *
 * @public
 */
export interface DestinationSettings {
  /** Whether events go there at all. */
  enabled: boolean;
  /** Whether events wait for now. */
  paused: boolean;
  /** Which events go there. */
  filter: AuditEventFilter;
  /**
   * How long a failed run is kept back: if a run of the same thing succeeds
   * meanwhile, neither is sent as a failure. In minutes; 0 sends it at once.
   */
  holdFailuresMinutes: number;
}

/**
 * A configured place that events go to.
 *
 * @public
 */
export interface Destination extends DestinationSettings {
  /** Its key in app-config. */
  id: string;
  /** Kind of destination, such as `slack`. */
  type: string;
  /** Name for people. */
  title: string;
  state: DestinationState;
  /** Events that wait, counted up to 10,000. */
  pending: number;
  /** Whether there are more than `pending` says. */
  pendingCapped: boolean;
  /** For how long the one that waits longest has waited, in seconds. */
  lagSeconds: number;
  /** Events given up, counted up to 10,000. */
  deadLetters: number;
  /** ISO 8601, UTC. */
  lastSuccessAt?: string;
  /** ISO 8601, UTC. */
  lastFailureAt?: string;
  /** Why the last call failed. */
  lastError?: string;
  /** When a failing destination is tried again; ISO 8601, UTC. */
  retryAt?: string;
  /** The last 24 hours, oldest first, the present one last. */
  hours: DestinationHour[];
  /** Earlier events being queued, from a moment that an Owner picked. */
  backfill?: {
    /** ISO 8601, UTC. */
    from: string;
    /** How far it has come; ISO 8601, UTC. */
    reached: string;
  };
}

/**
 * All destinations, in the order of their titles.
 *
 * @public
 */
export interface DestinationsResponse {
  items: Destination[];
}

/**
 * Changes of a destination. What is left out stays.
 *
 * @public
 */
export interface UpdateDestinationRequest extends Partial<DestinationSettings> {
  /**
   * Also send the events from this moment on that the filter chooses and that
   * were never queued for this destination; ISO 8601.
   */
  backfillFrom?: string;
}

/**
 * A filter to try on what has happened.
 *
 * @public
 */
export interface PreviewDestinationRequest {
  filter: AuditEventFilter;
  /** The first moment that counts; ISO 8601. */
  since: string;
}

/**
 * What a filter would have sent to a destination.
 *
 * @public
 */
export interface DestinationPreview {
  /** Events, counted up to 10,000. */
  totalItems: number;
  /** Whether there are more than `totalItems` says. */
  totalItemsCapped: boolean;
}

/**
 * What a test of a destination has shown.
 *
 * @public
 */
export interface DestinationTestResult {
  /** Whether the destination took the test event. */
  delivered: boolean;
  /** Why not. */
  error?: string;
  /** What is certain now, each a sentence. */
  proves: string[];
  /** What nobody can know from it, each a sentence. */
  doesNotProve: string[];
}

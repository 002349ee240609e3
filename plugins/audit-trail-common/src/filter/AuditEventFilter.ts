import type { AuditEventActorType, AuditEventOutcome } from '../events';

/**
 * Lists of values by field. An event has to have one of the values of each
 * list that is given; an empty list is as if it were not given.
 *
 * @public
 */
export interface AuditEventValues {
  /** Ids of activities, such as `warehouse.disabled`. */
  types?: string[];
  /** Ids of areas, such as `warehouses`. */
  categories?: string[];
  /** Ids of actors. */
  actors?: string[];
  actorTypes?: AuditEventActorType[];
  /** Resource keys; an event has to belong to one of them. */
  resources?: string[];
  workspaces?: string[];
  sources?: string[];
  outcomes?: AuditEventOutcome[];
}

/**
 * Chooses audit events. One filter serves the page, the cards, the export and
 * everything else that chooses events: {@link auditEventMatches} evaluates it
 * in memory, the backend in SQL, with the same answer.
 *
 * @public
 */
export interface AuditEventFilter extends AuditEventValues {
  /** Only harmful (`true`) or only harmless (`false`) activities. */
  harmful?: boolean;
  /** Earliest time, included: ISO 8601, UTC, milliseconds. */
  from?: string;
  /** Latest time, included: ISO 8601, UTC, milliseconds. */
  to?: string;
  /**
   * Words that all have to stand in the event, each at the start of a word, in
   * any case and order.
   */
  text?: string;
  /** An event that has any of these values is left out. */
  not?: AuditEventValues;
}

import type {
  AuditEventActor,
  AuditEventChange,
  AuditEventOutcome,
  AuditEventSeverity,
} from 'backstage-plugin-audit-trail-common';
import type { JsonObject } from '@backstage/types';

/**
 * An audit event as an intake hands it over, before it is validated and
 * normalised.
 *
 * @public
 */
export interface AuditEventInput {
  /**
   * The source's own id of the event. The same id at the same time from the
   * same source is the same event. If left out, equal events are the same.
   */
  sourceEventId?: string;
  /** The activity in any spelling; kept as the event's `originalType`. */
  type: string;
  /** ISO 8601; UTC unless it has an offset; at most 24 hours ahead. */
  occurredAt: string;
  /** `succeeded` if left out, or `failed` if the activity is a failure. */
  outcome?: AuditEventOutcome;
  /** Id of the Segment workspace; `backstage` if left out. */
  workspace?: string;
  actor: AuditEventActor;
  /** The primary resource. */
  resource: {
    /** Resource key, `<namespace>:<type>:<id>`. */
    key: string;
    name?: string;
  };
  /** Keys of the other resources that the event belongs to. */
  resources?: string[];
  changes?: AuditEventChange[];
  severity?: AuditEventSeverity;
  correlationId?: string;
  /** Everything else the source tells. */
  details?: JsonObject;
}

export type {
  AuditEvent,
  AuditEventActor,
  AuditEventActorType,
  AuditEventChange,
  AuditEventOutcome,
  AuditEventResource,
  AuditEventSeverity,
} from './AuditEvent';
export { ACTOR_TYPES, OUTCOMES, SEVERITIES } from './AuditEvent';

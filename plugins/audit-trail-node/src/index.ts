/**
 * Extension points of the Audit Trail backend.
 *
 * @packageDocumentation
 */

export { auditTrailIntakeExtensionPoint } from './intakeExtensionPoint';
export type { AuditTrailIntakeExtensionPoint } from './intakeExtensionPoint';
export type {
  HttpIntake,
  HttpIntakeRequest,
  HttpIntakeResult,
} from './HttpIntake';
export { IntakeError } from './ScheduledIntake';
export type {
  IntakeErrorReason,
  KnownActor,
  ScheduledIntake,
  ScheduledIntakePage,
  ScheduledIntakeSession,
} from './ScheduledIntake';
export type { AuditEventInput } from './AuditEventInput';
export * from './forwarding';
export * from './recorder';

/**
 * Takes Segment's audit events into the Audit Trail.
 *
 * @packageDocumentation
 */

export { auditTrailModuleSegment as default } from './module';

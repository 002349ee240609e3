/**
 * Takes Segment's audit events into the Audit Trail, and forwards events to
 * sources of Segment.
 *
 * @packageDocumentation
 */

export { auditTrailModuleSegment as default } from './module';

/**
 * Helpers for tests of plugins that record in the Audit Trail.
 *
 * @packageDocumentation
 */

export { auditTrailServiceMock } from './testUtils/auditTrailServiceMock';
export type { FakeAuditTrailService } from './testUtils/auditTrailServiceMock';

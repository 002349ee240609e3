/**
 * Takes what plugins of the portal tell Backstage's auditor into the Audit
 * Trail.
 *
 * @packageDocumentation
 */

export {
  auditTrailAuditorServiceFactory,
  auditTrailAuditorServiceFactory as default,
} from './auditor/auditTrailAuditorServiceFactory';

export {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
} from './errors';
export type {
  Forwarder,
  ForwarderFactory,
  ForwarderLimits,
  ForwarderOptions,
  ForwarderTestResult,
  ForwardRequest,
  ForwardResult,
} from './Forwarder';
export { auditTrailForwardingExtensionPoint } from './forwardingExtensionPoint';
export type { AuditTrailForwardingExtensionPoint } from './forwardingExtensionPoint';

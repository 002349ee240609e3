export { Forwarding } from './Forwarding';
export { NoForwardingAccess } from './NoForwardingAccess';

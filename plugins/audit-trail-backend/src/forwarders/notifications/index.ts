export { createNotificationsForwarderFactory } from './createNotificationsForwarderFactory';
export type { NotificationsForwarderFactoryOptions } from './createNotificationsForwarderFactory';

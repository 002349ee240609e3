export { createWebhookForwarderFactory } from './createWebhookForwarderFactory';
export type { WebhookForwarderFactoryOptions } from './createWebhookForwarderFactory';

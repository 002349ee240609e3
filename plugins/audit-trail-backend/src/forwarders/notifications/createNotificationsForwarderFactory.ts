import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import { pageParams } from '../messages/summarise';
import { readNotificationsConfig } from './notificationsConfig';
import { NotificationsForwarder } from './NotificationsForwarder';
import { portalPath } from './portalPath';

/** What destinations of the type `notifications` share. */
export interface NotificationsForwarderFactoryOptions {
  notifications: NotificationService;
  /** Users and groups that own one of some resources, as entity refs. */
  ownersOf(resourceKeys: string[]): Promise<string[]>;
  /** The Owners of the Audit Trail: who gets a test of owners' notifications. */
  trailOwners: string[];
  /** Where the portal is, `app.baseUrl`. */
  appBaseUrl: string;
  /** The address of the portal's Audit Trail page with a filter. */
  trailUrl(params: URLSearchParams): string;
}

/** Makes forwarders that send the portal's own notifications. */
export function createNotificationsForwarderFactory(
  options: NotificationsForwarderFactoryOptions,
): ForwarderFactory {
  const { appBaseUrl, trailUrl, ...common } = options;
  return {
    type: 'notifications',
    create: ({ config, destinationId, eventUrl }) =>
      NotificationsForwarder.create({
        ...common,
        batchLink: summary =>
          portalPath(trailUrl(pageParams(summary)), appBaseUrl),
        config: readNotificationsConfig({ config, destinationId }),
        destinationId,
        eventLink: eventId => portalPath(eventUrl(eventId), appBaseUrl),
      }),
  };
}

import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { segmentAppUrl } from 'backstage-plugin-audit-trail-common';
import { readSegmentWorkspaces } from './messages/readSegmentWorkspaces';
import { createNotificationsForwarderFactory } from './notifications';
import { createSlackForwarderFactory } from './slack';
import { createWebhookForwarderFactory } from './webhook';

/**
 * The kinds of destinations that come with the plugin; none while app-config
 * has no destinations.
 *
 * @throws `InputError` that names the key of app-config that is wrong
 */
export function createForwarderFactories(options: {
  /** Entity refs of the Owners. */
  auditTrailOwners: string[];
  config: RootConfigService;
  notifications: NotificationService;
  /** Users and groups that own one of some resources. */
  ownersOf(resourceKeys: string[]): Promise<string[]>;
}): ForwarderFactory[] {
  const { auditTrailOwners, config, notifications, ownersOf } = options;
  const section = config.getOptionalConfig('auditTrail.forwarding');
  if (!section) {
    return [];
  }
  const appBaseUrl = config.getString('app.baseUrl').replace(/\/$/, '');
  const trailUrl = (params: URLSearchParams) =>
    `${appBaseUrl}/audit-trail?${params}`;
  const allowedHosts = section.getOptionalStringArray('allowedHosts') ?? [];
  const workspaces = readSegmentWorkspaces(config);
  return [
    createSlackForwarderFactory({
      allowedHosts,
      segmentUrl: event => segmentAppUrl(event, workspaces),
      trailUrl,
    }),
    createWebhookForwarderFactory({ allowedHosts }),
    createNotificationsForwarderFactory({
      notifications,
      ownersOf,
      trailOwners: auditTrailOwners,
      appBaseUrl,
      trailUrl,
    }),
  ];
}

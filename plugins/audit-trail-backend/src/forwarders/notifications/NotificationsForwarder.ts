import { aborted } from 'node:util';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  type Forwarder,
  type ForwarderLimits,
  type ForwarderTestResult,
  type ForwardRequest,
  type ForwardResult,
} from 'backstage-plugin-audit-trail-node';
import { groupByRecipients } from './groupByRecipients';
import {
  notificationPayload,
  type NotificationOptions,
} from './notificationPayload';
import type { NotificationsConfig } from './notificationsConfig';

/** What a {@link NotificationsForwarder} is made from. */
export interface NotificationsForwarderOptions
  extends Pick<
    NotificationOptions,
    'destinationId' | 'eventLink' | 'batchLink'
  > {
  config: NotificationsConfig;
  notifications: NotificationService;
  /** Users and groups that own one of some resources. */
  ownersOf(resourceKeys: string[]): Promise<string[]>;
  /** Who gets a test if it is owners who get the rest. */
  trailOwners: string[];
}

/**
 * Sends events as notifications of the portal. Those of a batch that concern
 * the same people become one notification.
 */
export class NotificationsForwarder implements Forwarder {
  readonly limits: ForwarderLimits;
  readonly #options: NotificationsForwarderOptions;

  static create(
    options: NotificationsForwarderOptions,
  ): NotificationsForwarder {
    return new NotificationsForwarder(options);
  }

  private constructor(options: NotificationsForwarderOptions) {
    const { maxEvents, minIntervalMs } = options.config;
    this.limits = { maxEvents, minIntervalMs };
    this.#options = options;
  }

  async forward({
    events,
    test,
    signal,
  }: ForwardRequest): Promise<ForwardResult> {
    const skipped: ForwardResult['skipped'] = [];
    const groups = await groupByRecipients(events, resourceKeys =>
      this.#recipientsOf(resourceKeys, test),
    );
    for (const { recipients, events: theirs } of groups) {
      if (recipients.length > 0) {
        await this.#send(recipients, theirs, { test, signal });
      } else if (test) {
        throw new DeliveryRejectedError(
          'There is no one to send a test to: auditTrail.owners is not configured',
        );
      } else {
        skipped.push(
          ...theirs.map(({ id }) => ({
            eventId: id,
            reason: 'Nobody owns what it happened to',
          })),
        );
      }
    }
    return { skipped };
  }

  async test(): Promise<ForwarderTestResult> {
    const { config, trailOwners } = this.#options;
    const { recipients } = config;
    const shown = recipients === 'owners' ? trailOwners : recipients;
    return {
      proves: [
        `The portal's notifications took a message for ${shown.join(', ')}.`,
      ],
      doesNotProve: [
        'That it reached anyone: groups may be without members, and people can switch notifications off in their settings.',
        ...(recipients === 'owners'
          ? [
              'That what events happen to has an owner: events of what nobody owns notify nobody.',
            ]
          : []),
      ],
    };
  }

  async #recipientsOf(resourceKeys: string[], test?: boolean) {
    const { config, ownersOf, trailOwners } = this.#options;
    if (config.recipients !== 'owners') {
      return config.recipients;
    }
    // A test is made up, so nobody owns what it happened to.
    return test ? trailOwners : ownersOf(resourceKeys);
  }

  async #send(
    recipients: string[],
    events: AuditEvent[],
    { test, signal }: Pick<ForwardRequest, 'test' | 'signal'>,
  ): Promise<void> {
    const { config, notifications, ...options } = this.#options;
    signal.throwIfAborted();
    const sent = notifications.send({
      recipients: { type: 'entity', entityRef: recipients },
      payload: notificationPayload(events, {
        ...options,
        toOwners: config.recipients === 'owners',
        test,
      }),
    });
    try {
      // It takes no signal, and has no time limit of its own.
      await Promise.race([
        sent,
        aborted(signal, sent).then(() => signal.throwIfAborted()),
      ]);
    } catch (error) {
      // What the portal answers is not told apart: it also says 400 when it
      // cannot reach the catalog. So nothing is given up at once.
      throw new DeliveryRetryError("The portal's notifications took nothing", {
        cause: error,
      });
    }
  }
}

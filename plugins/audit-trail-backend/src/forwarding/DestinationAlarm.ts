import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  DatabaseDestinationStatusStore,
  DestinationStatus,
} from '../database/forwarding/DatabaseDestinationStatusStore';
import type { IngestService } from '../ingest/IngestService';
import { destinationResource, TRAIL_ORIGIN } from '../ingest/trailOrigin';
import type { ConfiguredDestination } from './readDestinations';

/** A destination that fails for so long is no hiccup. */
const ALARM_AFTER_MS = 5 * 60 * 1000;

/**
 * Tells Owners of a destination that fails, and that it works again: by an
 * event in the trail, by the portal's notifications, and in the log. Once for
 * each incident, on whichever replica notices.
 */
export class DestinationAlarm {
  readonly #options: {
    ingest: IngestService;
    logger: LoggerService;
    notifications: NotificationService;
    owners: string[];
    status: DatabaseDestinationStatusStore;
  };

  static create(options: {
    ingest: IngestService;
    logger: LoggerService;
    notifications: NotificationService;
    /** Entity refs of those who are told. */
    owners: string[];
    status: DatabaseDestinationStatusStore;
  }): DestinationAlarm {
    return new DestinationAlarm(options);
  }

  private constructor(options: Parameters<typeof DestinationAlarm.create>[0]) {
    this.#options = options;
  }

  /** Looks whether there is something to tell of a destination. */
  async check(
    destination: ConfiguredDestination,
    status: DestinationStatus,
    { gone }: { gone: boolean },
  ): Promise<void> {
    const failingMs = status.failingSince
      ? Date.now() - status.failingSince.getTime()
      : 0;
    const isFailing = gone || failingMs > ALARM_AFTER_MS;
    if (isFailing && !status.alarmed) {
      await this.#tell(
        destination,
        true,
        gone
          ? `It wants no more events and was stopped; its queue is kept. ${
              status.lastError ?? ''
            }`
          : `Nothing could be delivered since ${status.failingSince!.toISOString()}; it is tried again. ${
              status.lastError ?? ''
            }`,
      );
    } else if (!gone && status.failures === 0 && status.alarmed) {
      await this.#tell(destination, false, 'Events are delivered again.');
    }
  }

  async #tell(
    { id, title }: ConfiguredDestination,
    failed: boolean,
    description: string,
  ): Promise<void> {
    const { ingest, logger, notifications, owners, status } = this.#options;
    if (!(await status.setAlarmed(id, failed))) {
      return;
    }
    const headline = failed
      ? `The Audit Trail no longer reaches ${title}`
      : `The Audit Trail reaches ${title} again`;
    if (failed) {
      logger.error(`${headline}: ${description}`);
    } else {
      logger.info(headline);
    }
    await ingest.ingest({
      events: [
        {
          place: id,
          event: {
            sourceEventId: randomUUID(),
            type: failed
              ? 'audit-trail.destination-failed'
              : 'audit-trail.destination-recovered',
            occurredAt: new Date().toISOString(),
            outcome: failed ? 'failed' : 'succeeded',
            actor: { type: 'system', id: TRAIL_ORIGIN.source },
            resource: destinationResource(id, title),
            severity: failed ? 'high' : 'low',
            details: { description },
          },
        },
      ],
      origin: TRAIL_ORIGIN,
      resendable: false,
    });
    if (owners.length === 0) {
      return;
    }
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: owners },
        payload: {
          title: headline,
          description,
          link: '/audit-trail/forwarding',
          severity: failed ? 'high' : 'normal',
          topic: 'audit-trail',
          scope: `audit-trail:destination:${id}`,
        },
      });
    } catch (error) {
      // A portal without the notifications plugin has the event and the log.
      logger.warn('Could not notify the Owners', toError(error));
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
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
/** Forwarding waits no longer for the notifications, in milliseconds. */
const NOTIFY_MS = 10_000;

/** Rejects when the notifications have taken too long. */
async function tooLate(): Promise<never> {
  await delay(NOTIFY_MS, undefined, { ref: false });
  throw new Error(`No answer within ${NOTIFY_MS / 1000} s`);
}

/**
 * Tells Owners of a destination that fails, and that it works again: by an
 * event in the trail, by the portal's notifications, and in the log. Once for
 * each incident, on whichever replica notices: it counts as told only after the
 * event is stored. That of a failure has the same id if it is told again.
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

  /**
   * Looks whether there is something to tell of a destination.
   *
   * @param status - is told, too, so that whoever keeps it does not ask again
   */
  async check(
    destination: ConfiguredDestination,
    status: DestinationStatus,
    { gone, paused }: { gone: boolean; paused: boolean },
  ): Promise<void> {
    const failingMs = status.failingSince
      ? Date.now() - status.failingSince.getTime()
      : 0;
    // What is paused is not tried, so it cannot be said to fail.
    const isFailing = gone || (!paused && failingMs > ALARM_AFTER_MS);
    const { failingSince, lastError = '', lastFailureAt } = status;
    if (isFailing && !status.alarmed) {
      await this.#tell(destination, status, {
        failed: true,
        at: gone
          ? lastFailureAt ?? new Date()
          : new Date(failingSince!.getTime() + ALARM_AFTER_MS),
        description: gone
          ? `It wants no more events and was stopped; its queue is kept. ${lastError}`
          : `Nothing could be delivered since ${failingSince!.toISOString()}; it is tried again. ${lastError}`,
      });
    } else if (
      !gone &&
      status.failures === 0 &&
      status.alarmed &&
      // Switched on or resumed, it has still to show that it works.
      status.lastSuccessAt &&
      !(lastFailureAt && status.lastSuccessAt < lastFailureAt)
    ) {
      await this.#tell(destination, status, {
        failed: false,
        at: status.lastSuccessAt,
        description: 'Events are delivered again.',
      });
    }
  }

  async #tell(
    { id, title }: ConfiguredDestination,
    status: DestinationStatus,
    incident: { failed: boolean; at: Date; description: string },
  ): Promise<void> {
    const { failed, at, description } = incident;
    const { ingest, logger, notifications, owners } = this.#options;
    const headline = failed
      ? `The Audit Trail no longer reaches ${title}`
      : `The Audit Trail reaches ${title} again`;
    await ingest.ingest({
      events: [
        {
          place: id,
          event: {
            sourceEventId: `${id} ${failed}`,
            type: failed
              ? 'audit-trail.destination-failed'
              : 'audit-trail.destination-recovered',
            occurredAt: at.toISOString(),
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
    const isFirst = await this.#options.status.setAlarmed(id, failed);
    status.alarmed = failed;
    if (!isFirst) {
      return;
    }
    if (failed) {
      logger.error(`${headline}: ${description}`);
    } else {
      logger.info(headline);
    }
    if (owners.length === 0) {
      return;
    }
    try {
      const sent = notifications.send({
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
      await Promise.race([sent, tooLate()]);
    } catch (error) {
      // A portal without the notifications plugin has the event and the log.
      logger.warn('Could not notify the Owners', toError(error));
    }
  }
}

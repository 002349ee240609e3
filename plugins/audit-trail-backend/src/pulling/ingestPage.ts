import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import type { ScheduledIntakePage } from 'backstage-plugin-audit-trail-node';
import type { IngestService } from '../ingest/IngestService';
import { MAX_EVENTS } from '../ingest/limits';
import type { EventOrigin } from '../ingest/normaliseEvent';
import { faultsError } from '../ingest/validateEvents';

/**
 * Stores the events of a page. What cannot be stored is logged and counted, and
 * keeps nothing else out.
 *
 * @returns how many events cannot be stored
 */
export async function ingestPage(
  page: ScheduledIntakePage,
  options: {
    dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
    ingest: IngestService;
    logger: LoggerService;
    /** What is read, for the log. */
    name: string;
    origin: EventOrigin;
  },
): Promise<number> {
  const { dropped, ingest, logger, name, origin } = options;
  let unreadable = page.unreadable ?? 0;
  for (let at = 0; at < page.events.length; at += MAX_EVENTS) {
    const events = page.events
      .slice(at, at + MAX_EVENTS)
      .map((event, index) => ({ place: `events[${at + index}]`, event }));
    let stored = 0;
    try {
      const { ids, faults } = await ingest.ingest({
        events,
        origin,
        resendable: false,
      });
      stored = ids.length;
      if (faults.length > 0) {
        throw faultsError(faults);
      }
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      logger.error(`${name} told events that could not be stored`, error);
    }
    unreadable += events.length - stored;
  }
  const drops = { ...page.dropped, ...(unreadable > 0 && { unreadable }) };
  for (const [reason, count] of Object.entries(drops)) {
    dropped.add(count, { intake: origin.intake, reason });
  }
  return unreadable;
}

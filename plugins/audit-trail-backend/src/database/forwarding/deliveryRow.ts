import type { DeliveryState } from 'backstage-plugin-audit-trail-common';
import { readTime, type RowTime } from '../databaseTime';

/** One event on its way to one destination, as it is stored. */
export interface StoredDelivery {
  destinationId: string;
  eventId: string;
  state: DeliveryState;
  queuedAt: Date;
  /** When it came into its state, or is tried at the earliest. */
  at: Date;
  /** Calls that failed for it alone. */
  attempts: number;
  /** The first of these. */
  failingSince?: Date;
  error?: string;
}

/** A row of `audit_deliveries`. */
export interface DeliveryRow {
  destination_id: string;
  event_id: string;
  state: DeliveryState;
  queued_at: RowTime;
  at: RowTime;
  attempts: number;
  failing_since: RowTime | null;
  error: string | null;
}

/** A row as a delivery. */
export const toDelivery = (row: DeliveryRow): StoredDelivery => ({
  destinationId: row.destination_id,
  eventId: row.event_id,
  state: row.state,
  queuedAt: new Date(row.queued_at),
  at: new Date(row.at),
  attempts: row.attempts,
  failingSince: readTime(row.failing_since),
  error: row.error ?? undefined,
});

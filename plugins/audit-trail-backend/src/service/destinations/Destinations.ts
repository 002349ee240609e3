import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AuditEventFilter,
  Delivery,
  DeliveryState,
  Destination,
  DestinationPreview,
  DestinationSettings,
  DestinationTestResult,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventCriteria } from '../../database/criteria';

/** Which deliveries to list, and from where on. */
export interface DeliveriesQuery {
  destination?: string;
  eventId?: string;
  state?: DeliveryState;
  limit: number;
  /** Start behind this one. */
  after?: { eventId: string; destinationId: string };
  /** Events that the caller may see; all if left out. */
  visible?: AuditEventCriteria;
}

/** Changes of a destination. */
export type DestinationChanges = Partial<DestinationSettings> & {
  backfillFrom?: Date;
};

/** On whose behalf something is done. */
export interface DestinationsOptions {
  credentials: BackstageCredentials;
}

/** Sees after the places that the trail is forwarded to. */
export interface Destinations {
  list(options: DestinationsOptions): Promise<Destination[]>;

  /** @throws `NotFoundError` if there is no such destination */
  update(
    request: { id: string; changes: DestinationChanges },
    options: DestinationsOptions,
  ): Promise<Destination>;

  /**
   * What a filter would have sent to a destination since some moment.
   *
   * @throws `NotFoundError` if there is no such destination
   */
  preview(
    request: {
      id: string;
      filter: AuditEventFilter;
      since: Date;
      /** Events that the caller may see; all if left out. */
      visible?: AuditEventCriteria;
    },
    options: DestinationsOptions,
  ): Promise<DestinationPreview>;

  /** @throws `NotFoundError` if there is no such destination */
  test(
    request: { id: string },
    options: DestinationsOptions,
  ): Promise<DestinationTestResult>;

  /**
   * Deliveries; without their event where the caller may not see it.
   *
   * @throws `NotFoundError` if there is no such destination
   */
  deliveries(
    query: DeliveriesQuery,
    options: DestinationsOptions,
  ): Promise<Delivery[]>;

  /**
   * Sends dead letters again; tells how many.
   *
   * @throws `NotFoundError` if there is no such destination
   */
  redrive(
    request: {
      destination: string;
      eventIds?: string[];
      filter?: AuditEventFilter;
      /** Events that the caller may see; all if left out. */
      visible?: AuditEventCriteria;
    },
    options: DestinationsOptions,
  ): Promise<number>;
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ActivityRegistration,
  AuditEventActor,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from '../AuditEventInput';

/**
 * A resource as a plugin names it: by its key, or a catalog entity by its ref.
 *
 * @public
 */
export type AuditTrailResource =
  | string
  | { key: string; name?: string }
  | { entityRef: string; name?: string };

/**
 * What a plugin records.
 *
 * @public
 */
export interface AuditTrailRecord
  extends Omit<
    AuditEventInput,
    'actor' | 'occurredAt' | 'resource' | 'resources' | 'workspace'
  > {
  /** Who did it; of a request, the credentials that came with it. */
  actor: AuditEventActor | BackstageCredentials;
  /** What it was done to: first that itself, then what it belongs to. */
  resources: [AuditTrailResource, ...AuditTrailResource[]];
  /** When it happened; now if left out. */
  occurredAt?: Date;
}

/**
 * Records what a plugin does in the Audit Trail.
 *
 * @public
 */
export interface AuditTrailService {
  /**
   * Records an event. Resolves when it is stored, or was before.
   *
   * @remarks
   *
   * Calls that come at once go in one request, and what fails for a while is
   * tried again, for five seconds at most. After an error the event may be
   * stored or not: who tries again with the same `sourceEventId` and
   * `occurredAt` records it once.
   *
   * @throws `InputError` that names what is wrong with the event, or
   * `ServiceUnavailableError` if it could not be recorded in time
   */
  record(event: AuditTrailRecord): Promise<{ id: string }>;

  /**
   * Describes activities, so that they stand in the page's filters beside
   * those of Segment and have a name there. Best called once, when the plugin
   * starts.
   *
   * @remarks
   *
   * It goes to the Audit Trail in the background, however long that takes, and
   * in any case before the next event. Describing an activity again changes how
   * it stands in the filters; events keep the description they were stored with.
   */
  registerActivities(activities: ActivityRegistration[]): void;
}

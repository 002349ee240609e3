import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { HttpIntake } from './HttpIntake';
import type { ScheduledIntake } from './ScheduledIntake';

/**
 * Adds ways into the Audit Trail.
 *
 * @public
 */
export interface AuditTrailIntakeExtensionPoint {
  /**
   * Adds an intake at `POST /v1/intake/<path>`. For each request the backend
   *
   * 1. calls {@link HttpIntake.checkHeaders},
   * 2. reads at most 5 MB of body,
   * 3. calls {@link HttpIntake.receive}, which checks the proof and maps,
   * 4. cuts what is too large, validates, normalises, and stores the events in
   *    one transaction,
   * 5. answers 200 after the commit, with what could not be stored and why; or
   *    400 if nothing of it could be stored.
   *
   * @throws `Error` if the path is taken
   */
  addHttpIntake(intake: HttpIntake): void;

  /**
   * Adds an intake that the backend asks by its schedule, on one replica at a
   * time. In each run the backend
   *
   * 1. calls {@link ScheduledIntake.open},
   * 2. from time to time reads and keeps who acts in the source,
   * 3. reads the spans of time that it has not read completely, the newest
   *    first and each with some time before it once more,
   * 4. cuts, validates, normalises and stores the events of each page, as those
   *    of any intake; an event that it has is not stored again,
   * 5. notes which spans were read completely, and why others were not.
   *
   * @throws `Error` if there is one with this id and target
   */
  addScheduledIntake(intake: ScheduledIntake): void;
}

/**
 * Adds ways into the Audit Trail.
 *
 * @public
 */
export const auditTrailIntakeExtensionPoint =
  createExtensionPoint<AuditTrailIntakeExtensionPoint>({
    id: 'audit-trail.intake',
  });

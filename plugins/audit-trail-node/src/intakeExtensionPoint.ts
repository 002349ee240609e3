import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { HttpIntake } from './HttpIntake';

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

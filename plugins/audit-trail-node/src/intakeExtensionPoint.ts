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
   * 1. reads at most 5 MB of body,
   * 2. calls {@link HttpIntake.receive}, which checks the proof and maps,
   * 3. validates, normalises and stores the events in one transaction,
   * 4. answers 200 after the commit.
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

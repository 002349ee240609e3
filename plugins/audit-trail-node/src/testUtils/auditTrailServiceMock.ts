/* eslint-disable @typescript-eslint/no-namespace */
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { createServiceMock } from '@backstage/backend-test-utils';
import type { ActivityRegistration } from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from '../AuditEventInput';
import type {
  AuditTrailRecord,
  AuditTrailService,
} from '../recorder/AuditTrailService';
import { auditTrailServiceRef } from '../recorder/auditTrailServiceRef';
import { toInput } from '../recorder/toInput';

/**
 * An Audit Trail that remembers what is recorded, and stores it nowhere.
 *
 * @public
 */
export interface FakeAuditTrailService extends AuditTrailService {
  /** What was recorded, in order, as it would be sent. */
  readonly events: AuditEventInput[];
  /** What was registered, in order. */
  readonly activities: ActivityRegistration[];
}

/**
 * Creates an Audit Trail that remembers what is recorded.
 *
 * @example
 *
 * ```ts
 * const auditTrail = auditTrailServiceMock();
 * await startTestBackend({ features: [plugin, auditTrail.factory] });
 * expect(auditTrail.events).toMatchObject([{ type: 'deployment.rolled-back' }]);
 * ```
 *
 * @public
 */
export function auditTrailServiceMock(): FakeAuditTrailService & {
  factory: ReturnType<typeof auditTrailServiceMock.factory>;
} {
  const events: AuditEventInput[] = [];
  const activities: ActivityRegistration[] = [];
  const service: FakeAuditTrailService = {
    events,
    activities,
    async record(event: AuditTrailRecord) {
      events.push(toInput(event));
      return { id: `event-${events.length}` };
    },
    registerActivities(registered) {
      activities.push(...registered);
    },
  };
  return Object.assign(service, {
    factory: auditTrailServiceMock.factory(service),
  });
}

/** @public */
export namespace auditTrailServiceMock {
  /** A factory of an Audit Trail that remembers what is recorded. */
  export const factory = (
    service: AuditTrailService = auditTrailServiceMock(),
  ) =>
    createServiceFactory({
      service: auditTrailServiceRef,
      deps: {},
      factory: () => service,
    });

  /** Mock functions, with a factory of them. */
  export const mock = createServiceMock(auditTrailServiceRef, () => ({
    record: jest.fn(),
    registerActivities: jest.fn(),
  }));
}

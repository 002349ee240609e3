import { createBackendModule } from '@backstage/backend-plugin-api';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  auditTrailForwardingExtensionPoint,
  type ForwardRequest,
} from 'backstage-plugin-audit-trail-node';

/** A destination that remembers what it was sent, and does what a test says. */
export class RecordingDestination {
  /** Ids of the events of each call that was taken. */
  readonly calls: string[][] = [];
  /** How often it was tested. */
  tests = 0;
  /** Throws what the destination answers with; takes all if left out. */
  answer?: (events: AuditEvent[], request: ForwardRequest) => unknown;

  /** Ids of the events that were taken, in their order. */
  get ids(): string[] {
    return this.calls.flat();
  }

  async forward(request: ForwardRequest): Promise<void> {
    this.tests += request.test ? 1 : 0;
    await this.answer?.(request.events, request);
    this.calls.push(request.events.map(({ id }) => id));
  }
}

/** Destinations of the type `recording`, by their ids. */
export function recordingModule(
  destinations: Record<string, RecordingDestination>,
  limits: { maxEvents: number; minIntervalMs?: number } = { maxEvents: 100 },
) {
  return createBackendModule({
    pluginId: 'audit-trail',
    moduleId: 'recording',
    register(reg) {
      reg.registerInit({
        deps: { forwarding: auditTrailForwardingExtensionPoint },
        async init({ forwarding }) {
          forwarding.addForwarder({
            type: 'recording',
            create: ({ destinationId }) => ({
              limits,
              skip: event =>
                event.workspace === 'own' ? 'Caused by forwarding' : undefined,
              forward: request => destinations[destinationId].forward(request),
            }),
          });
        },
      });
    },
  });
}

import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

const unique = <T>(items: T[]): T[] => [...new Set(items)];

/**
 * One event of what two intakes tell of it. What stands already is never
 * replaced: what the other tells is added where nothing stands.
 */
export function uniteEvents(event: AuditEvent, other: AuditEvent): AuditEvent {
  const { actor, resource } = event;
  return {
    ...event,
    intakes: unique([...event.intakes, ...other.intakes]),
    actor: {
      ...actor,
      name: actor.name ?? other.actor.name,
      email: actor.email ?? other.actor.email,
      entityRef: actor.entityRef ?? other.actor.entityRef,
    },
    resource: { ...resource, name: resource.name ?? other.resource.name },
    resources: unique([...event.resources, ...other.resources]),
    changes: event.changes ?? other.changes,
    severity: event.severity ?? other.severity,
    correlationId: event.correlationId ?? other.correlationId,
    details: { ...other.details, ...event.details },
  };
}

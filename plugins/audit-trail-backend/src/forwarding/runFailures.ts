import {
  resolveActivity,
  type AuditEvent,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';

/** Words by which producers call a run that went well. */
const SUCCESS_WORDS = ['succeeded', 'completed', 'finished'];

/**
 * Whether an event tells of a run that failed and may succeed at the next try,
 * such as `warehouse.run-failed`.
 */
export function isRunFailure(event: AuditEvent): boolean {
  return (
    event.outcome === 'failed' && /\.(.*-)?(run|sync)-failed$/.test(event.type)
  );
}

/** Chooses the events that tell of a run of the same thing that went well. */
export function recoveryFilter(event: AuditEvent): AuditEventFilter {
  return {
    types: [
      event.type,
      // By the form of the failure's id, and as its producer would spell it.
      ...SUCCESS_WORDS.flatMap(word => [
        event.type.replace(/failed$/, word),
        resolveActivity(event.originalType.replace(/failed$/i, word)).id,
      ]),
    ],
    outcomes: ['succeeded'],
    resources: [event.resource.key],
    from: event.occurredAt,
  };
}

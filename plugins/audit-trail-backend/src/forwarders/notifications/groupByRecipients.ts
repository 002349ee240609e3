import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** Events that concern the same people. */
export interface RecipientGroup {
  /** Users and groups, as entity refs, in order. */
  recipients: string[];
  events: AuditEvent[];
}

/**
 * Puts events together that have the same recipients. Each event stands in one
 * group only, so nobody who has two claims to it hears of it twice.
 *
 * @param recipientsOf - asked once for all events of the same resources
 */
export async function groupByRecipients(
  events: AuditEvent[],
  recipientsOf: (resourceKeys: string[]) => Promise<string[]>,
): Promise<RecipientGroup[]> {
  const recipientsByResources = new Map<string, string[]>();
  const groups = new Map<string, RecipientGroup>();
  for (const event of events) {
    const resources = JSON.stringify([...event.resources].sort());
    let recipients = recipientsByResources.get(resources);
    if (!recipients) {
      recipients = [...new Set(await recipientsOf(event.resources))].sort();
      recipientsByResources.set(resources, recipients);
    }
    const key = JSON.stringify(recipients);
    const group = groups.get(key) ?? { recipients, events: [] };
    group.events.push(event);
    groups.set(key, group);
  }
  return [...groups.values()];
}

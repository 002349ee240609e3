import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** What two intakes told, as it was and as it is. */
export interface United {
  before: AuditEvent;
  after: AuditEvent;
}

/** What becomes of events that are to be appended. */
export interface Sorted {
  /** Those that are stored as events of their own. */
  fresh: AuditEvent[];
  united: United[];
  aliases: {
    id: string;
    event_id: string;
    intake: string;
    recorded_at: Date;
  }[];
}

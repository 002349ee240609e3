import type { AuditEventInput } from '../../AuditEventInput';

/** A line of the spool. */
export interface SpoolRecord {
  /** Whether an audited use begins, or its event is complete. */
  kind: 'begun' | 'ended';
  /** The same for both records of one use. */
  id: string;
  /** Id of the plugin. */
  plugin: string;
  /** The event as it is to be sent, with the outcome as far as it is known. */
  event: AuditEventInput;
}

/** What a line says; nothing if it was cut off while it was written. */
export function parseRecord(line: string): SpoolRecord | undefined {
  try {
    const record: SpoolRecord = JSON.parse(line);
    return typeof record?.event === 'object' ? record : undefined;
  } catch {
    return undefined;
  }
}

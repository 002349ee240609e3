import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import {
  AUDIT_EVENT_COLUMNS,
  fromRow,
  type ReadEventRow,
} from '../database/auditEventRow';

/** Stored events, within a transaction; what entities stand for is left out. */
export async function readEvents(
  tx: Knex.Transaction,
  choose: (query: Knex.QueryBuilder) => void,
): Promise<AuditEvent[]> {
  const rows: ReadEventRow[] = await tx('audit_events')
    .select(AUDIT_EVENT_COLUMNS)
    .where(query => {
      choose(query);
    });
  return rows.map(fromRow);
}

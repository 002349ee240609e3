import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { AuditEventPage } from 'backstage-plugin-audit-trail-common';
import type { AuditEvents, RequestOptions } from './AuditEvents';
import type { CursorCodec } from './CursorCodec';
import { readEventsQuery } from './readEventsQuery';

/**
 * Reads the page of events that parameters ask for.
 *
 * @throws `InputError` that names the parameter
 */
export async function readEventPage(
  request: {
    params: URLSearchParams;
    cursors: CursorCodec;
    events: AuditEvents;
  },
  options: RequestOptions & {
    credentials: BackstageCredentials<BackstageUserPrincipal>;
  },
): Promise<AuditEventPage> {
  const { params, cursors, events } = request;
  const query = readEventsQuery(params, ['limit', 'cursor', 'order']);
  const { userEntityRef } = options.credentials.principal;
  const binding = `${userEntityRef}\n${query.fingerprint}`;
  const page = await events.page(
    {
      criteria: query.criteria,
      order: query.order,
      limit: query.limit,
      position: query.cursor
        ? cursors.decode(query.cursor, binding)
        : undefined,
    },
    options,
  );
  return {
    items: page.items,
    pageInfo: {
      nextCursor: page.next && cursors.encode(page.next, binding),
      prevCursor: page.previous && cursors.encode(page.previous, binding),
    },
    totalItems: page.totalItems,
    totalItemsCapped: page.totalItemsCapped,
  };
}

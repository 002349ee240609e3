import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  AuditEventCount,
  AuditEventPage,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEvents, PagePosition, RequestOptions } from './AuditEvents';
import type { CursorCodec } from './CursorCodec';
import { readEventsQuery, type EventsQuery } from './readEventsQuery';

/** Comes before the id of every event. */
const NIL_ID = '00000000-0000-0000-0000-000000000000';

interface UserOptions extends RequestOptions {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

interface ReadRequest {
  params: URLSearchParams;
  cursors: CursorCodec;
  events: AuditEvents;
}

/** What a cursor is good for: one reader and one choice. */
function bindingOf(query: EventsQuery, { credentials }: UserOptions): string {
  return `${credentials.principal.userEntityRef}\n${query.fingerprint}`;
}

/**
 * Reads the page of events that parameters ask for.
 *
 * @throws `InputError` that names the parameter
 */
export async function readEventPage(
  request: ReadRequest,
  options: UserOptions,
): Promise<AuditEventPage> {
  const { params, cursors, events } = request;
  const query = readEventsQuery(params, ['limit', 'cursor', 'order']);
  const binding = bindingOf(query, options);
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
  const [first] = page.items;
  // To a list of none, whatever comes is new.
  const newest: PagePosition | undefined =
    query.order === 'desc' && !query.cursor
      ? { id: first?.id ?? NIL_ID, direction: 'prev' }
      : undefined;
  return {
    items: page.items,
    pageInfo: {
      nextCursor: page.next && cursors.encode(page.next, binding),
      prevCursor: page.previous && cursors.encode(page.previous, binding),
      newerCursor: newest && cursors.encode(newest, binding),
    },
    totalItems: page.totalItems,
    totalItemsCapped: page.totalItemsCapped,
  };
}

/**
 * Counts the events that came to a list since its first page. It is told only to
 * those who have read that page, with the cursor that it gave them.
 *
 * @throws `InputError` that names the parameter
 */
export async function countNewerEvents(
  request: ReadRequest,
  options: UserOptions,
): Promise<AuditEventCount> {
  const { params, cursors, events } = request;
  const query = readEventsQuery(params, ['cursor']);
  if (!query.cursor) {
    throw new InputError(
      'cursor: has to be the newerCursor of a page with the same filter',
    );
  }
  const { id } = cursors.decode(query.cursor, bindingOf(query, options));
  return events.newer({ criteria: query.criteria, id }, options);
}

import {
  auditEventFilterFromParams,
  auditEventFilterToParams,
  DELIVERY_STATES,
  parseTime,
  type AuditEventFilter,
  type RedriveRequest,
} from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { isAuditEventId } from '../../database/auditEventId';
import { isHoldMinutes } from '../../forwarding/readDestinations';
import { parse, queryObject } from '../parse';
import type { DestinationChanges } from './Destinations';

const MAX_EVENT_IDS = 1_000;

const texts = z.array(z.string()).optional();
const values = {
  types: texts,
  categories: texts,
  actors: texts,
  actorTypes: texts,
  resources: texts,
  workspaces: texts,
  sources: texts,
  outcomes: texts,
};

/** A filter in JSON. Its values are checked as those of query parameters are. */
const filter = z
  .strictObject({
    ...values,
    harmful: z.boolean().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    text: z.string().optional(),
    not: z.strictObject(values).optional(),
  })
  .transform((value, context): AuditEventFilter => {
    try {
      return auditEventFilterFromParams(
        auditEventFilterToParams(value as AuditEventFilter),
      );
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });

const moment = z.string().transform((value, context) => {
  const time = parseTime(value);
  if (!time) {
    context.addIssue({
      code: 'custom',
      message: 'must be a time, such as 2026-11-22T13:03:11Z',
    });
    return z.NEVER;
  }
  return time.toJSDate();
});

const changesSchema = z.strictObject({
  enabled: z.boolean().optional(),
  paused: z.boolean().optional(),
  filter: filter.optional(),
  holdFailuresMinutes: z
    .number()
    .refine(isHoldMinutes, 'must be a whole number from 0 to 1440')
    .optional(),
  backfillFrom: moment.optional(),
});

const previewSchema = z.strictObject({ filter, since: moment });

const redriveSchema = z.strictObject({
  destination: z.string().min(1),
  eventIds: z
    .array(z.string().refine(isAuditEventId, 'must be the id of an event'))
    .min(1)
    .max(MAX_EVENT_IDS)
    .optional(),
  filter: filter.optional(),
});

/** @throws `InputError` that names the field */
export function readDestinationChanges(body: unknown): DestinationChanges {
  return parse(changesSchema, body);
}

/** @throws `InputError` that names the field */
export function readPreviewRequest(body: unknown): {
  filter: AuditEventFilter;
  since: Date;
} {
  return parse(previewSchema, body);
}

/** @throws `InputError` that names the field */
export function readRedriveRequest(body: unknown): RedriveRequest {
  return parse(redriveSchema, body);
}

const deliveriesSchema = z.strictObject({
  destination: z.string().min(1).max(64).optional(),
  eventId: z
    .string()
    .refine(isAuditEventId, 'must be the id of an event')
    .optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().optional(),
});

/**
 * Reads the query parameters of a request for deliveries.
 *
 * @throws `InputError` that names the parameter
 */
export function readDeliveriesQuery(params: URLSearchParams) {
  return parse(deliveriesSchema, queryObject(params));
}

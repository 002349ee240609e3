import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  ACTOR_TYPES,
  OUTCOMES,
  parseResourceKey,
  parseTime,
  SEVERITIES,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { z } from 'zod';
import { normaliseResourceKey } from './normaliseEvent';
import {
  MAX_AHEAD_MS,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_EVENTS,
  MAX_KEYS,
  MAX_TEXT_LENGTH,
  MAX_TYPE_LENGTH,
} from './limits';

/** Faults named in one error. */
const MAX_FAULTS = 50;

/** Most characters of one fault. */
const MAX_FAULT_LENGTH = 300;

/** What breaks lines, turns the direction of a text or is no character. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A text that can be stored, trimmed. */
export const shortText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine(
      // PostgreSQL stores neither.
      value => !/[\0\p{Cs}]/u.test(value),
      'must not contain a NUL character or a half of a character',
    );

const resourceKey = z
  .string()
  .refine(
    key =>
      parseResourceKey(key)?.namespace === 'entity'
        ? isEntityKey(key)
        : parseResourceKey(key),
    'must be a resource key such as segment:warehouse:HpLcqdFbPX, of at most 512 bytes',
  );

function isEntityKey(key: string): boolean {
  try {
    normaliseResourceKey(key);
    return true;
  } catch {
    return false;
  }
}

const entityRef = shortText(MAX_TEXT_LENGTH).transform((value, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(value));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be an entity ref such as user:default/jo',
    });
    return z.NEVER;
  }
});

const occurredAt = z.string().superRefine((value, context) => {
  const time = parseTime(value);
  if (!time) {
    context.addIssue({
      code: 'custom',
      message: `"${value.slice(
        0,
        64,
      )}" is not a time; give ISO 8601, such as 2026-11-22T13:03:11.000Z`,
    });
  } else if (time.toMillis() > Date.now() + MAX_AHEAD_MS) {
    context.addIssue({
      code: 'custom',
      message: 'must not be more than 24 hours ahead',
    });
  }
});

/** Says what is wrong with the shape of a JSON value, if anything is. */
function shapeFault(value: JsonValue): string | undefined {
  let keys = 0;
  const visit = (
    part: JsonValue | undefined,
    depth: number,
  ): string | undefined => {
    if (typeof part !== 'object' || part === null) {
      return undefined;
    }
    if (depth > MAX_DEPTH) {
      return `must have at most ${MAX_DEPTH} levels`;
    }
    for (const key of Object.keys(part)) {
      keys++;
      if (keys > MAX_KEYS) {
        return `must have at most ${MAX_KEYS} keys`;
      }
      if (key === '__proto__') {
        return 'must not have a key named __proto__';
      }
      const fault = visit((part as JsonObject)[key], depth + 1);
      if (fault) {
        return fault;
      }
    }
    return undefined;
  };
  return visit(value, 1);
}

function checkShape(value: JsonValue, context: z.RefinementCtx) {
  const fault = shapeFault(value);
  if (fault) {
    context.addIssue({ code: 'custom', message: fault });
  }
}

const json = z.custom<JsonValue>(() => true).superRefine(checkShape);

const details = z
  .custom<JsonObject>(
    value =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .superRefine(checkShape);

const actor = z.strictObject({
  type: z.enum(ACTOR_TYPES),
  id: shortText(MAX_TEXT_LENGTH),
  name: shortText(MAX_TEXT_LENGTH).optional(),
  email: shortText(MAX_TEXT_LENGTH).optional(),
  entityRef: entityRef.optional(),
});

const eventSchema: z.ZodType<AuditEventInput> = z.strictObject({
  sourceEventId: shortText(MAX_TEXT_LENGTH).optional(),
  type: shortText(MAX_TYPE_LENGTH),
  occurredAt,
  outcome: z.enum(OUTCOMES).optional(),
  workspace: shortText(MAX_TYPE_LENGTH).optional(),
  actor,
  resource: z.strictObject({
    key: resourceKey,
    name: shortText(MAX_TEXT_LENGTH).optional(),
  }),
  resources: z.array(resourceKey).max(50).optional(),
  changes: z
    .array(
      z.strictObject({
        path: shortText(MAX_TEXT_LENGTH),
        before: json.optional(),
        after: json.optional(),
      }),
    )
    .max(200)
    .optional(),
  severity: z.enum(SEVERITIES).optional(),
  correlationId: shortText(MAX_TYPE_LENGTH).optional(),
  details: details.optional(),
});

/** A fault for people, with its place. */
export function describeFault(place: string, issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : `${text}${text ? '.' : ''}${String(part)}`,
    place,
  );
  // It goes into answers and logs, and may quote what was sent.
  return `${path || 'event'}: ${issue.message}`
    .replace(UNSHOWABLE, ' ')
    .slice(0, MAX_FAULT_LENGTH);
}

/** An event as an intake hands it over. */
export interface PlacedEvent {
  /** Where it stands in the request, such as `events[3]`; for errors. */
  place: string;
  /** What should be an {@link AuditEventInput}. */
  event: unknown;
}

/** Which of some events are valid, and what is wrong with the others. */
export interface Validation {
  valid: AuditEventInput[];
  /** Every fault with its place. */
  faults: string[];
}

/**
 * Checks events, and trims their texts.
 *
 * @throws `InputError` if they are too many
 */
export function validateEvents(events: PlacedEvent[]): Validation {
  if (events.length > MAX_EVENTS) {
    throw new InputError(
      `events: a batch has at most ${MAX_EVENTS} events, this one ${events.length}`,
    );
  }
  const faults: string[] = [];
  const valid: AuditEventInput[] = [];
  for (const { place, event } of events) {
    const result = eventSchema.safeParse(event);
    if (!result.success) {
      faults.push(
        ...result.error.issues.map(issue => describeFault(place, issue)),
      );
    } else if (
      Buffer.byteLength(JSON.stringify(result.data)) > MAX_EVENT_BYTES
    ) {
      faults.push(
        `${place || 'event'}: must have at most ${
          MAX_EVENT_BYTES / 1024
        } KB as JSON`,
      );
    } else {
      valid.push(result.data);
    }
  }
  return { valid, faults };
}

/** The error that refuses a request for its faults. */
export function faultsError(faults: string[]): InputError {
  const more = faults.length - MAX_FAULTS;
  return new InputError(
    faults.slice(0, MAX_FAULTS).join('; ') +
      (more > 0 ? `; and ${more} more` : ''),
  );
}

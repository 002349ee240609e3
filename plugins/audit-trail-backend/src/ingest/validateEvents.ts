import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  ACTOR_TYPES,
  OUTCOMES,
  parseResourceKey,
  SEVERITIES,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import {
  MAX_AHEAD_MS,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_EVENTS,
  MAX_KEYS,
} from './limits';

/** Faults named in one error. */
const MAX_FAULTS = 50;

const shortText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine(text => !text.includes('\0'), 'must not contain a NUL character');

const resourceKey = shortText(512).refine(
  key => parseResourceKey(key) !== undefined,
  'must be a resource key such as segment:warehouse:HpLcqdFbPX',
);

const occurredAt = z.string().superRefine((value, context) => {
  const time = DateTime.fromISO(value, { zone: 'utc' });
  if (!time.isValid || time.year < 1970) {
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
  id: shortText(512),
  name: shortText(512).optional(),
  email: shortText(512).optional(),
  entityRef: shortText(512).optional(),
});

const event: z.ZodType<AuditEventInput> = z
  .strictObject({
    sourceEventId: shortText(512).optional(),
    type: shortText(256),
    occurredAt,
    outcome: z.enum(OUTCOMES).optional(),
    workspace: shortText(256).optional(),
    actor,
    resource: z.strictObject({
      key: resourceKey,
      name: shortText(512).optional(),
    }),
    resources: z.array(resourceKey).max(50).optional(),
    changes: z
      .array(
        z.strictObject({
          path: shortText(512),
          before: json.optional(),
          after: json.optional(),
        }),
      )
      .max(200)
      .optional(),
    severity: z.enum(SEVERITIES).optional(),
    correlationId: shortText(256).optional(),
    details: details.optional(),
  })
  .refine(
    value => Buffer.byteLength(JSON.stringify(value)) <= MAX_EVENT_BYTES,
    {
      message: `must have at most ${MAX_EVENT_BYTES / 1024} KB as JSON`,
    },
  );

function describe(place: string, issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : `${text}${text ? '.' : ''}${String(part)}`,
    place,
  );
  return `${path || 'event'}: ${issue.message}`;
}

/**
 * Checks events as an intake hands them over.
 *
 * @param events - what should be {@link AuditEventInput}s
 * @param placeOf - where an event stands in the request, such as `events[3]`
 * @returns the events, texts trimmed
 * @throws `InputError` that names every fault with its place
 */
export function validateEvents(
  events: unknown[],
  placeOf: (index: number) => string,
): AuditEventInput[] {
  if (events.length > MAX_EVENTS) {
    throw new InputError(
      `events: a batch has at most ${MAX_EVENTS} events, this one ${events.length}`,
    );
  }
  const faults: string[] = [];
  const valid: AuditEventInput[] = [];
  events.forEach((input, index) => {
    const result = event.safeParse(input);
    if (result.success) {
      valid.push(result.data);
    } else {
      faults.push(
        ...result.error.issues.map(issue => describe(placeOf(index), issue)),
      );
    }
  });
  if (faults.length > 0) {
    const more = faults.length - MAX_FAULTS;
    throw new InputError(
      faults.slice(0, MAX_FAULTS).join('; ') +
        (more > 0 ? `; and ${more} more` : ''),
    );
  }
  return valid;
}

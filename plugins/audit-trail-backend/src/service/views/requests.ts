import {
  readViewQuery,
  type CreateSavedViewRequest,
  type UpdateSavedViewRequest,
} from 'backstage-plugin-audit-trail-common';
import { z } from 'zod';
import { parse, queryObject } from '../parse';

const MAX_NAME_LENGTH = 80;

/** Would turn a name round, or hide in it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

const name = z
  .string()
  .transform(value => value.trim().replace(/ +/g, ' '))
  .refine(value => value !== '', 'must not be empty')
  .refine(
    value => [...value].length <= MAX_NAME_LENGTH,
    `has at most ${MAX_NAME_LENGTH} characters`,
  )
  .refine(
    value => !UNSEEN.test(value),
    'must not contain line breaks or other characters that cannot be seen',
  );

const query = z.string().transform((value, context) => {
  try {
    return readViewQuery(value);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const version = z
  .number('must be the version that is changed')
  .int()
  .min(1)
  .max(2_147_483_646);

const newViewSchema = z.strictObject({
  name,
  query,
  shared: z.boolean().optional(),
});

const changesSchema = z.strictObject({
  version,
  name: name.optional(),
  query: query.optional(),
  shared: z.boolean().optional(),
});

const versionSchema = z.strictObject({
  version: z.coerce.number().pipe(version),
});

/** @throws `InputError` that names the field */
export function readNewView(body: unknown): CreateSavedViewRequest {
  return parse(newViewSchema, body);
}

/** @throws `InputError` that names the field */
export function readViewChanges(body: unknown): UpdateSavedViewRequest {
  return parse(changesSchema, body);
}

/** @throws `InputError` that names the parameter */
export function readVersion(params: URLSearchParams): number {
  return parse(versionSchema, queryObject(params)).version;
}

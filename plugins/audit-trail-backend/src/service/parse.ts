import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Reads what somebody sent, by a schema.
 *
 * @throws `InputError` that names the field
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
        .join('; ')
        .slice(0, 1_000),
    );
  }
  return result.data;
}

/**
 * Query parameters of which none may repeat as an object, without empty ones.
 *
 * @throws `InputError` that names the parameter
 */
export function queryObject(params: URLSearchParams): Record<string, string> {
  const names = [...params.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated) {
    throw new InputError(`${repeated}: may be given once`);
  }
  return Object.fromEntries([...params].filter(([, value]) => value !== ''));
}

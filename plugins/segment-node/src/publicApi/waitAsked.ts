import { z } from 'zod';

/** If the API does not say how long. */
const DEFAULT_WAIT_MS = 1000;

const waitSchema = z.object({
  errors: z
    .tuple([z.object({ data: z.object({ msBeforeNext: z.number().min(0) }) })])
    .rest(z.unknown()),
});

/**
 * For how many milliseconds an answer 429 asks to wait: by its
 * `msBeforeNext`, else by the date in its `X-RateLimit-Reset` header.
 */
export function waitAsked(answer: { headers: Headers; json: unknown }): number {
  const { headers, json } = answer;
  const told = waitSchema.safeParse(json);
  if (told.success) {
    return told.data.errors[0].data.msBeforeNext;
  }
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  return Number.isNaN(reset)
    ? DEFAULT_WAIT_MS
    : Math.max(0, reset - Date.now());
}

import type {
  BackstageUserPrincipal,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request, RequestHandler } from 'express';
import { rateLimit, type MemoryStore } from 'express-rate-limit';
import { TooManyRequestsError } from './TooManyRequestsError';

/** Requests of one caller that one replica answers within a minute. */
interface RequestsPerMinute {
  /** All other requests, most of which read the trail. */
  reads: number;
  /** Exports. */
  exports: number;
  /** Batches of events that a service records. */
  batches: number;
}

/** What one caller may ask of one replica. */
export interface RateLimits extends RequestsPerMinute {
  /** Exports that run at once. */
  exportsAtOnce: number;
}

/** What most callers never reach. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  reads: 600,
  exports: 10,
  exportsAtOnce: 2,
  batches: 6_000,
};

const WINDOW_MS = 60_000;

const tooMany = (
  kind: keyof RequestsPerMinute,
  limits: RateLimits,
  when: string,
) =>
  new TooManyRequestsError(
    `More than ${limits[kind]} ${kind} within a minute; try again ${when}`,
  );

function kindOf(request: Request): keyof RequestsPerMinute {
  if (request.method === 'POST' && request.path === '/v1/events') {
    return 'batches';
  }
  return request.path.endsWith('/export') ? 'exports' : 'reads';
}

/**
 * Keeps one caller from taking what others need: whoever asks more often than
 * the limits allow is told when to try again. Callers are told apart by their
 * credentials, not by their address, which many share behind a proxy. A call
 * without credentials passes, as it is refused where it needs some; and so
 * does a delivery to an intake, which has a proof of its own.
 */
export function createRateLimits(options: {
  httpAuth: HttpAuthService;
  limits: RateLimits;
  /** Counts the requests. */
  store: MemoryStore;
}): RequestHandler {
  const { httpAuth, limits, store } = options;

  async function callerOf(request: Request): Promise<string | undefined> {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user', 'service', 'none'],
    });
    switch (principal.type) {
      case 'user':
        return principal.userEntityRef;
      case 'service':
        return principal.subject;
      default:
        return undefined;
    }
  }

  return rateLimit({
    windowMs: WINDOW_MS,
    store,
    limit: request => limits[kindOf(request)],
    keyGenerator: async request =>
      `${kindOf(request)} ${await callerOf(request)}`,
    skip: async request =>
      request.path.startsWith('/v1/intake/') ||
      (await callerOf(request)) === undefined,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (request, _response, next) => {
      const kind = kindOf(request);
      next(tooMany(kind, limits, 'when Retry-After says'));
    },
  });
}

/**
 * Counts a user's read that does not come by our router among those that do.
 *
 * @throws an error with status 429 if they are too many
 */
export function createReadCounter(options: {
  limits: RateLimits;
  /** That of {@link createRateLimits}. */
  store: MemoryStore;
}): (
  credentials: BackstageCredentials<BackstageUserPrincipal>,
) => Promise<void> {
  const { limits, store } = options;
  return async ({ principal }) => {
    const { totalHits } = await store.increment(
      `reads ${principal.userEntityRef}`,
    );
    if (totalHits > limits.reads) {
      throw tooMany('reads', limits, 'in a minute');
    }
  };
}

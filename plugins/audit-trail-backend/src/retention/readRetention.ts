import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** How long events are kept. */
export interface Retention {
  /** By when they happened, in milliseconds; for ever if left out. */
  maxAgeMs?: number;
  /** How many, the newest; any number if left out. */
  maxEvents?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_MAX_AGE_MS = 90 * DAY_MS;
const AGE = 'auditTrail.retention';
const COUNT = 'auditTrail.maxEvents';

function readMaxAge(config: RootConfigService): number | undefined {
  const value = config.getOptional(AGE);
  if (value === false) {
    return undefined;
  }
  if (value === undefined) {
    return DEFAULT_MAX_AGE_MS;
  }
  let maxAgeMs: number;
  try {
    maxAgeMs = durationToMilliseconds(
      readDurationFromConfig(config, { key: AGE }),
    );
  } catch (error) {
    throw new InputError(
      `${AGE}: must be false, or a duration such as { days: 90 }`,
      error,
    );
  }
  if (!(maxAgeMs >= DAY_MS)) {
    // A mistake would remove what cannot be had again.
    throw new InputError(`${AGE}: must be a day or more, or false`);
  }
  return maxAgeMs;
}

/**
 * Reads from `auditTrail.retention` and `auditTrail.maxEvents` how long events
 * are kept.
 *
 * @throws `InputError` that names the key
 */
export function readRetention(config: RootConfigService): Retention {
  const maxEvents = config.getOptionalNumber(COUNT);
  if (
    maxEvents !== undefined &&
    !(Number.isInteger(maxEvents) && maxEvents >= 1_000)
  ) {
    throw new InputError(`${COUNT}: must be a whole number from 1,000 on`);
  }
  return { maxAgeMs: readMaxAge(config), maxEvents };
}

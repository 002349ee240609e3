import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { IANAZone } from 'luxon';
import type { HistogramRequest } from '../histogram/readHistogram';
import { queryParams, readEventsQuery } from './readEventsQuery';

const DEFAULT_BUCKETS = 100;
const MAX_BUCKETS = 200;
const MAX_ZONE_LENGTH = 64;

function readTimeZone(params: URLSearchParams): string {
  const zone = params.get('timeZone') || 'UTC';
  if (zone.length > MAX_ZONE_LENGTH || !IANAZone.isValidZone(zone)) {
    throw new InputError(
      `timeZone: "${zone.slice(
        0,
        MAX_ZONE_LENGTH,
      )}" is not a time zone such as Europe/Berlin`,
    );
  }
  return zone;
}

function readBuckets(params: URLSearchParams): number {
  const text = params.get('buckets') || String(DEFAULT_BUCKETS);
  const buckets = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (!(buckets >= 1 && buckets <= MAX_BUCKETS)) {
    throw new InputError(
      `buckets: "${text.slice(
        0,
        64,
      )}" is not a whole number from 1 to ${MAX_BUCKETS}`,
    );
  }
  return buckets;
}

/**
 * Reads a request for a histogram: a filter as for events, and how to cut its
 * time.
 *
 * @throws `InputError` that names the parameter
 */
export function readHistogramRequest(request: Request): HistogramRequest {
  const params = queryParams(request);
  const { criteria } = readEventsQuery(params, ['timeZone', 'buckets']);
  return {
    criteria,
    timeZone: readTimeZone(params),
    maxBuckets: readBuckets(params),
  };
}

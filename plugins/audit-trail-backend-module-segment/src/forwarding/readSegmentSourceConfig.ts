import { InputError } from '@backstage/errors';
import type { ForwarderOptions } from 'backstage-plugin-audit-trail-node';
import {
  readSegmentAddress,
  SEGMENT_REGIONS,
} from 'backstage-plugin-segment-node';
import { MAX_BATCH_EVENTS } from './batchBodies';
import { EVENT_NAME_CHOICES, type EventNameChoice } from './eventNames';

/** Characters of write keys and tokens; none that a header cannot have. */
const SECRET_PATTERN = /^[\w.~+/=-]+$/;

/** A destination of the type `segment-source`. */
export interface SegmentSourceConfig {
  writeKey: string;
  region: 'us' | 'eu';
  /** Base addresses. */
  trackingApi: string;
  publicApi: string;
  publicApiToken?: string;
  eventName: EventNameChoice;
  maxEvents: number;
  sourceId?: string;
  sourceSlug?: string;
}

/**
 * Reads the section of a destination.
 *
 * @throws `InputError` that names the key that is wrong
 */
export function readSegmentSourceConfig(
  options: Pick<ForwarderOptions, 'config' | 'destinationId'>,
): SegmentSourceConfig {
  const { config, destinationId } = options;
  // Values are not repeated: one in the wrong place may be a secret.
  const fault = (key: string, expected: string) =>
    new InputError(
      `auditTrail.forwarding.destinations.${destinationId}.${key}: ${expected}`,
    );
  const text = (key: string, expected: string): string | undefined => {
    try {
      return config.getOptionalString(key);
    } catch {
      throw fault(key, expected);
    }
  };
  const secret = (key: string): string | undefined => {
    const expected = 'must be a text of letters, digits and any of -_.~+/=';
    const value = text(key, expected);
    if (value !== undefined && !SECRET_PATTERN.test(value)) {
      throw fault(key, expected);
    }
    return value;
  };
  const choice = <T extends string>(key: string, choices: readonly T[]): T => {
    const expected = `must be ${choices.join(' or ')}`;
    const value = text(key, expected) ?? choices[0];
    if (!choices.includes(value as T)) {
      throw fault(key, expected);
    }
    return value as T;
  };
  const address = (key: string, ofRegion: string): string => {
    const expected =
      'must be an https address, or http on this machine, without user, query and fragment';
    const value = text(key, expected) ?? ofRegion;
    const base = readSegmentAddress(value);
    if (!base) {
      throw fault(key, expected);
    }
    return base;
  };
  const count = (key: string, preset: number, max: number): number => {
    const expected = `must be a whole number from 1 to ${max}`;
    let value: number;
    try {
      value = config.getOptionalNumber(key) ?? preset;
    } catch {
      throw fault(key, expected);
    }
    if (!Number.isInteger(value) || value < 1 || value > max) {
      throw fault(key, expected);
    }
    return value;
  };

  const writeKey = secret('writeKey');
  if (writeKey === undefined) {
    throw fault('writeKey', 'must be set to the write key of the source');
  }
  const region = choice('region', ['us', 'eu']);
  return {
    writeKey,
    region,
    trackingApi: address('endpoint', SEGMENT_REGIONS[region].trackingApi),
    publicApi: address('endpointPublicApi', SEGMENT_REGIONS[region].publicApi),
    publicApiToken: secret('publicApiToken'),
    eventName: choice('eventName', EVENT_NAME_CHOICES),
    maxEvents: count('maxEvents', 100, MAX_BATCH_EVENTS),
    sourceId: text('sourceId', 'must be the id of a source'),
    sourceSlug: text('sourceSlug', 'must be the slug of a source'),
  };
}

import { readDurationFromConfig, type Config } from '@backstage/config';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  AUDIT_EVENT_FILTER_PARAMS,
  auditEventFilterFromParams,
  TRAIL_READ_TYPES,
  type AuditEventFilter,
  type DestinationSettings,
} from 'backstage-plugin-audit-trail-common';
import type {
  Forwarder,
  ForwarderFactory,
} from 'backstage-plugin-audit-trail-node';

/** Where destinations stand in app-config. */
export const DESTINATIONS_KEY = 'auditTrail.forwarding.destinations';

/** Who looked at the trail is of no interest elsewhere, unless it is asked for. */
const DEFAULT_FILTER: AuditEventFilter = {
  not: { types: [...TRAIL_READ_TYPES] },
};
const DEFAULT_GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/** A destination as app-config has it. */
export interface ConfiguredDestination {
  id: string;
  type: string;
  title: string;
  /** What holds until an Owner sets something else. */
  settings: DestinationSettings;
  /** How long a delivery is tried before it is given up, in milliseconds. */
  giveUpAfterMs: number;
  forwarder: Forwarder;
}

/** A filter in app-config, in the words of the API's parameters. */
function readFilter(config: Config, key: string): AuditEventFilter {
  const params = new URLSearchParams();
  const given = config.get<Record<string, unknown>>('filter');
  for (const [name, value] of Object.entries(given)) {
    if (!AUDIT_EVENT_FILTER_PARAMS.includes(name)) {
      throw new InputError(
        `${key}.filter.${name}: there is no such parameter; there are ${AUDIT_EVENT_FILTER_PARAMS.join(
          ', ',
        )}`,
      );
    }
    for (const one of Array.isArray(value) ? value : [value]) {
      params.append(name, String(one));
    }
  }
  try {
    return auditEventFilterFromParams(params);
  } catch (error) {
    throw new InputError(`${key}.filter`, error);
  }
}

function readSettings(config: Config, key: string): DestinationSettings {
  const holdFailuresMinutes =
    config.getOptionalNumber('holdFailuresMinutes') ?? 0;
  if (!isHoldMinutes(holdFailuresMinutes)) {
    throw new InputError(
      `${key}.holdFailuresMinutes: ${holdFailuresMinutes} is not a whole number from 0 to 1440`,
    );
  }
  return {
    enabled: config.getOptionalBoolean('enabled') ?? true,
    paused: false,
    filter: config.has('filter') ? readFilter(config, key) : DEFAULT_FILTER,
    holdFailuresMinutes,
  };
}

/** Whether failed runs may be kept back for so long. */
export function isHoldMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440;
}

/**
 * Reads the destinations from app-config and makes their forwarders.
 *
 * @throws `InputError` that names the key
 */
export function readDestinations(options: {
  config: RootConfigService;
  factories: ForwarderFactory[];
  logger: LoggerService;
}): ConfiguredDestination[] {
  const { config: root, factories, logger } = options;
  const section = root.getOptionalConfig(DESTINATIONS_KEY);
  if (!section) {
    return [];
  }
  const appUrl = root.getString('app.baseUrl').replace(/\/$/, '');
  return section.keys().map(id => {
    const key = `${DESTINATIONS_KEY}.${id}`;
    if (!/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(id)) {
      throw new InputError(
        `${key}: an id has letters, digits, - and _, at most 63`,
      );
    }
    const config = section.getConfig(id);
    const type = config.getString('type');
    const factory = factories.find(one => one.type === type);
    if (!factory) {
      const types = factories.map(one => one.type).join(', ');
      throw new InputError(
        `${key}.type: there is no forwarder for "${type}"; there are ${types}`,
      );
    }
    return {
      id,
      type,
      title: config.getOptionalString('title') ?? id,
      settings: readSettings(config, key),
      giveUpAfterMs: config.has('giveUpAfter')
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: 'giveUpAfter' }),
          )
        : DEFAULT_GIVE_UP_AFTER_MS,
      forwarder: factory.create({
        destinationId: id,
        config,
        logger: logger.child({ destination: id }),
        eventUrl: eventId => `${appUrl}/audit-trail/events/${eventId}`,
      }),
    };
  });
}

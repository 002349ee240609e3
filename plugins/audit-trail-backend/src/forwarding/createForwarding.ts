import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { ActivityRegistry } from '../activities/ActivityRegistry';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { DatabaseDeliveriesStore } from '../database/forwarding/DatabaseDeliveriesStore';
import { DatabaseDeliveryQueue } from '../database/forwarding/DatabaseDeliveryQueue';
import { DatabaseDestinationsStore } from '../database/forwarding/DatabaseDestinationsStore';
import { DatabaseDestinationStatusStore } from '../database/forwarding/DatabaseDestinationStatusStore';
import type { Foreground } from '../foreground/Foreground';
import { IngestService } from '../ingest/IngestService';
import type { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import { DefaultDestinations } from '../service/destinations/DefaultDestinations';
import type { Destinations } from '../service/destinations/Destinations';
import type { Pulling } from '../pulling/createPulling';
import { DeliveryOutbox } from './DeliveryOutbox';
import { DeliverySignals } from './DeliverySignals';
import { DestinationAlarm } from './DestinationAlarm';
import { ForwardingEngine } from './ForwardingEngine';
import { createForwardingMetrics, observeBacklog } from './ForwardingMetrics';
import { readDestinations } from './readDestinations';

/** The store whose events are forwarded, and all that forwards them. */
export interface Forwarding {
  store: DatabaseAuditEventsStore;
  ingest: IngestService;
  /** Of all that are configured. */
  destinationIds: string[];
  destinations: Destinations;
  engine: ForwardingEngine;
}

/**
 * Puts the forwarding together.
 *
 * @throws `InputError` that names the key of app-config that is wrong
 */
export function createForwarding(options: {
  pulling: Pick<Pulling, 'actors' | 'intakes' | 'states' | 'union'>;
  config: RootConfigService;
  factories: ForwarderFactory[];
  activities: ActivityRegistry;
  foreground: Foreground;
  knex: Knex;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  /** Entity refs of the Owners. */
  owners: string[];
  redactor: EventRedactor;
}): Forwarding {
  const { activities, foreground, knex, logger, notifications } = options;
  const { owners, pulling, redactor } = options;
  const configured = readDestinations(options);
  const signals = DeliverySignals.create({ knex, logger });
  const deliveries = DatabaseDeliveriesStore.create({ knex });
  const queue = DatabaseDeliveryQueue.create({ knex });
  const destinations = DatabaseDestinationsStore.create({ knex });
  const status = DatabaseDestinationStatusStore.create({ knex });
  const store = DatabaseAuditEventsStore.create({
    knex,
    listener: DeliveryOutbox.create({
      destinationIds: configured.map(({ id }) => id),
      destinations,
      pulled: pulling,
      queue,
      signals,
    }),
    union: pulling.union,
  });
  observeBacklog({
    deliveries,
    destinationIds: configured.map(({ id }) => id),
    metrics: options.metrics,
  });
  const ingest = IngestService.create({
    activities,
    actors: pulling.actors,
    redactor,
    store,
  });
  const common = {
    configured,
    destinations,
    events: store,
    foreground,
    logger,
    queue,
    redactText: (text: string) => redactor.redactText(text),
    signals,
    status,
  };
  return {
    store,
    ingest,
    destinationIds: configured.map(({ id }) => id),
    destinations: DefaultDestinations.create({ ...common, deliveries }),
    engine: ForwardingEngine.create({
      ...common,
      alarm: DestinationAlarm.create({
        ingest,
        logger,
        notifications,
        owners,
        status,
      }),
      metrics: createForwardingMetrics(options.metrics),
    }),
  };
}

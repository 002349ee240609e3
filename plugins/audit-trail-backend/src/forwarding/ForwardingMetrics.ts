import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import type {
  Backlog,
  DatabaseDeliveriesStore,
} from '../database/forwarding/DatabaseDeliveriesStore';

type ByDestination = { destination: string };

/** What is counted of forwarding, by destination. */
export interface ForwardingMetrics {
  delivered: MetricsServiceCounter<ByDestination>;
  failed: MetricsServiceCounter<ByDestination>;
  dead: MetricsServiceCounter<ByDestination>;
}

/** Makes the counters of forwarding. */
export function createForwardingMetrics(
  metrics: MetricsService,
): ForwardingMetrics {
  return {
    delivered: metrics.createCounter('audit_trail.forwarding.delivered', {
      description: 'Events that a destination has taken',
      unit: '{event}',
    }),
    failed: metrics.createCounter('audit_trail.forwarding.failed', {
      description: 'Calls to a destination that failed',
      unit: '{call}',
    }),
    dead: metrics.createCounter('audit_trail.forwarding.dead', {
      description: 'Events given up for a destination',
      unit: '{event}',
    }),
  };
}

/** Most deliveries that are counted for a gauge. */
const MAX_COUNT = 10_000;

/**
 * Reports how much waits for each destination and for how long. Every replica
 * reports the same, as it stands in the database they share.
 */
export function observeBacklog(options: {
  deliveries: DatabaseDeliveriesStore;
  destinationIds: string[];
  metrics: MetricsService;
}): void {
  const { deliveries, destinationIds, metrics } = options;
  const gauge = (
    name: string,
    unit: string,
    description: string,
    read: (backlog: Backlog) => number,
  ) =>
    metrics
      .createObservableGauge<ByDestination>(`audit_trail.forwarding.${name}`, {
        description,
        unit,
      })
      .addCallback(async result => {
        for (const destination of destinationIds) {
          const backlog = await deliveries.backlog(destination, MAX_COUNT);
          result.observe(read(backlog), { destination });
        }
      });
  gauge(
    'pending',
    '{event}',
    'Events that wait for a destination, up to 10,000',
    ({ pending }) => pending,
  );
  gauge(
    'lag',
    's',
    'For how long the event has been due that has been due longest',
    ({ dueSince }) =>
      dueSince ? Math.max(0, (Date.now() - dueSince.getTime()) / 1000) : 0,
  );
  gauge(
    'dead_letters',
    '{event}',
    'Events given up for a destination that stay, up to 10,000',
    ({ dead }) => dead,
  );
}

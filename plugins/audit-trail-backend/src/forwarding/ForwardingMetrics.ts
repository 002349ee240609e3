import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';

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

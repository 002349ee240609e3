import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { DatabaseExportsStore } from '../../database/exporting/DatabaseExportsStore';

/**
 * Reports for how long an export has been running, as retention waits for it.
 * Every replica reports the same, as it stands in the database they share.
 */
export function observeExports(options: {
  metrics: MetricsService;
  store: Pick<DatabaseExportsStore, 'runningSince'>;
}): void {
  const { metrics, store } = options;
  metrics
    .createObservableGauge('audit_trail.exports.running', {
      description:
        'For how long the export has been running that has done so longest',
      unit: 's',
    })
    .addCallback(async result => {
      const since = await store.runningSince();
      result.observe(
        since ? Math.max(0, (Date.now() - since.getTime()) / 1000) : 0,
      );
    });
}

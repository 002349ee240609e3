import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readSegmentWorkspaces } from 'backstage-plugin-segment-node';
import { readProviderOptions } from './config/readProviderOptions';
import { SegmentEntityProvider } from './SegmentEntityProvider';

/**
 * Provides the sources, warehouses and spaces of Segment as entities of the
 * catalog.
 *
 * @public
 */
export const catalogModuleSegment = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'segment',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        const { schedule, ...options } = readProviderOptions(config);
        catalog.addEntityProvider(
          readSegmentWorkspaces(config).map(
            workspace =>
              new SegmentEntityProvider({
                workspace,
                options,
                taskRunner: scheduler.createScheduledTaskRunner(schedule),
                logger,
              }),
          ),
        );
      },
    });
  },
});

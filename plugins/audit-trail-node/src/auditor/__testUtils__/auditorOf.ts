import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { TrailClient } from '../../recorder/TrailClient';
import { AuditorLog } from '../AuditorLog';
import { AuditTrailAuditor } from '../AuditTrailAuditor';
import { RootAuditor } from '../RootAuditor';

/** What a test wants of the auditor. */
export interface AuditorOptions {
  /** Base of the trail's API. */
  url: string;
  folder: string;
  /** `auditTrail.auditor` beside the folder. */
  config?: { spool?: object; rules?: object[]; outcomeTimeout?: object };
  logger?: LoggerService;
}

/** An auditor as a backend has it, for plugins of which a test knows the ids. */
export async function startAuditor(options: AuditorOptions) {
  const {
    url,
    folder,
    config = {},
    logger = mockServices.logger.mock(),
  } = options;
  const rootConfig = mockServices.rootConfig({
    data: {
      auditTrail: {
        auditor: {
          ...config,
          spool: { directory: folder, ...config.spool },
        },
      },
    },
  });
  const root = await RootAuditor.start({ config: rootConfig, logger });
  const metrics = metricsServiceMock.mock();
  return {
    root,
    metrics,
    forPlugin(pluginId: string): AuditorService {
      const auth = mockServices.auth({ pluginId });
      return AuditTrailAuditor.create({
        auth,
        httpAuth: mockServices.httpAuth({
          pluginId,
          defaultCredentials: mockCredentials.user('user:default/emil'),
        }),
        log: AuditorLog.fromConfig(rootConfig, { logger }),
        logger,
        plugin: root.forPlugin(pluginId, {
          client: TrailClient.create({
            auth,
            discovery: {
              getBaseUrl: async () => url,
              getExternalBaseUrl: async () => url,
            },
          }),
          metrics,
        }),
        pluginId,
      });
    },
    async stop() {
      await root.flush();
      await root.stop();
    },
  };
}

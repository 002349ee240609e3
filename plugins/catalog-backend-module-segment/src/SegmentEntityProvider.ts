import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  PublicApiClient,
  PublicApiError,
  type SegmentWorkspaceConfig,
} from 'backstage-plugin-segment-node';
import type { ProviderOptions } from './config/readProviderOptions';
import { toEntities } from './entities/toEntities';
import { readResources } from './publicApi/readResources';

/**
 * Provides the sources, warehouses and spaces of one workspace of Segment as
 * entities.
 *
 * @remarks
 *
 * The scheduler runs it on one replica at a time. While Segment does not tell
 * all of a workspace, that workspace's entities stay as they are.
 */
export class SegmentEntityProvider implements EntityProvider {
  readonly #workspace: SegmentWorkspaceConfig;
  readonly #options: Omit<ProviderOptions, 'schedule'>;
  readonly #client: PublicApiClient;
  readonly #taskRunner: SchedulerServiceTaskRunner;
  readonly #logger: LoggerService;

  constructor(options: {
    workspace: SegmentWorkspaceConfig;
    options: Omit<ProviderOptions, 'schedule'>;
    taskRunner: SchedulerServiceTaskRunner;
    logger: LoggerService;
    /** In place of that of the workspace, with other limits. */
    client?: PublicApiClient;
  }) {
    const { publicApi: baseUrl, token } = options.workspace;
    this.#workspace = options.workspace;
    this.#options = options.options;
    this.#taskRunner = options.taskRunner;
    this.#logger = options.logger.child({ target: this.getProviderName() });
    this.#client = options.client ?? new PublicApiClient({ baseUrl, token });
  }

  getProviderName(): string {
    return `segment-workspace:${this.#workspace.slug}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#taskRunner.run({
      id: `${this.getProviderName()}:refresh`,
      fn: async signal => this.#tryRefresh(connection, signal),
    });
  }

  /** The scheduler would log an error with its stack, so it gets none. */
  async #tryRefresh(connection: EntityProviderConnection, signal: AbortSignal) {
    try {
      await this.#refresh(connection, signal);
    } catch (error) {
      if (!(error instanceof PublicApiError)) {
        throw error;
      }
      this.#logger.warn(
        `The entities of the Segment workspace ${
          this.#workspace.slug
        } stay as they are: ${error.message}`,
      );
    }
  }

  async #refresh(connection: EntityProviderConnection, signal: AbortSignal) {
    const { slug, app } = this.#workspace;
    const { spaces, ...options } = this.#options;
    const read = await readResources({ client: this.#client, spaces, signal });
    if (read.workspace.slug !== slug) {
      throw new PublicApiError(
        `the token is that of the workspace ${read.workspace.slug}`,
      );
    }
    const entities = toEntities(read, { app, ...options });
    await connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
    this.#logger.info(
      `Read ${entities.length} resources of the Segment workspace ${slug}`,
    );
    if (read.unreadable > 0) {
      this.#logger.warn(
        `Left out of the Segment workspace ${slug}, for want of an id that can be used: ${read.unreadable}`,
      );
    }
  }
}

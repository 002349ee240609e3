import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  IntakeError,
  type IntakeErrorReason,
  type KnownActor,
  type ScheduledIntake,
  type ScheduledIntakePage,
  type ScheduledIntakeSession,
} from 'backstage-plugin-audit-trail-node';
import {
  PublicApiClient,
  PublicApiError,
  readSegmentWorkspaces,
  type SegmentWorkspaceConfig,
} from 'backstage-plugin-segment-node';
import { isObject } from '../isObject';
import { text } from '../mapping/text';
import { mapAuditEvent } from './mapAuditEvent';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  // After a crash no other replica begins before this is over.
  timeout: { minutes: 3 },
  initialDelay: { seconds: 5 },
};

const DEFAULT_LIMITS = {
  /** Events a page: the most that Segment takes. */
  pageSize: 1_000,
  /** How far back: Segment's 90 days, but for what a run takes. */
  reachMs: (90 * 24 * 60 - 15) * 60 * 1000,
};

interface SegmentApiIntakeOptions {
  workspace: SegmentWorkspaceConfig;
  schedule?: SchedulerServiceTaskScheduleDefinition;
  /** Whether to keep events that tell who looked at what. */
  keepReads?: boolean;
  /** In place of that of the workspace, with other limits. */
  client?: PublicApiClient;
  limits?: Partial<typeof DEFAULT_LIMITS>;
}

/**
 * Reads the audit events of one workspace from Segment's Public API, and its
 * users, as events name their actors by id.
 */
export class SegmentApiIntake implements ScheduledIntake {
  readonly id = 'segment-api';
  readonly source = 'segment';
  readonly target: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly reachMs: number;
  readonly #pageSize: number;
  readonly #client: PublicApiClient;
  readonly #keepReads: boolean;

  /** One intake for each workspace in app-config. */
  static fromConfig(config: RootConfigService): SegmentApiIntake[] {
    const sections =
      config.getOptionalConfigArray('auditTrail.segment.workspaces') ?? [];
    return readSegmentWorkspaces(config).map(
      (workspace, index) =>
        new SegmentApiIntake({
          workspace,
          schedule: sections[index].has('schedule')
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
                sections[index].getConfig('schedule'),
              )
            : undefined,
          keepReads: config.getOptionalBoolean(
            'auditTrail.intake.segment.keepReads',
          ),
        }),
    );
  }

  constructor(options: SegmentApiIntakeOptions) {
    const { slug, publicApi: baseUrl, token } = options.workspace;
    this.target = slug;
    this.schedule = options.schedule ?? DEFAULT_SCHEDULE;
    this.#keepReads = options.keepReads ?? false;
    const { pageSize, reachMs } = { ...DEFAULT_LIMITS, ...options.limits };
    this.#pageSize = pageSize;
    this.reachMs = reachMs;
    this.#client = options.client ?? new PublicApiClient({ baseUrl, token });
  }

  async open({
    signal,
  }: {
    signal: AbortSignal;
  }): Promise<ScheduledIntakeSession> {
    const workspace = await this.#workspaceId(signal);
    return {
      workspace,
      readEvents: options => this.#readEvents({ ...options, workspace }),
      readActors: options => this.#readActors(options),
    };
  }

  /** Makes sure that the token is that of the workspace. */
  async #workspaceId(signal: AbortSignal): Promise<string> {
    const { id, slug } = await this.#client
      .get({ path: '/', read: readWorkspace, signal })
      .catch(fail);
    if (slug !== this.target) {
      throw new IntakeError('the token is that of another workspace', {
        reason: 'unauthorized',
      });
    }
    return id;
  }

  async *#readEvents(options: {
    from: Date;
    to: Date;
    workspace: string;
    signal: AbortSignal;
  }): AsyncGenerator<ScheduledIntakePage> {
    const { from, to, workspace, signal } = options;
    const pages = this.#client.pages({
      path: '/audit-events',
      collection: 'events',
      params: { startTime: from.toISOString(), endTime: to.toISOString() },
      pageSize: this.#pageSize,
      read: entry => mapAuditEvent(entry, workspace, this.#keepReads),
      signal,
    });
    try {
      for await (const { entries, unreadable } of pages) {
        const events = entries.filter(
          entry => entry !== 'permission-check',
        ) as Exclude<(typeof entries)[number], string>[];
        const checks = entries.length - events.length;
        yield {
          events,
          unreadable,
          dropped: checks > 0 ? { 'permission-check': checks } : undefined,
        };
      }
    } catch (error) {
      fail(error);
    }
  }

  async *#readActors(options: {
    signal: AbortSignal;
  }): AsyncGenerator<KnownActor[]> {
    const { signal } = options;
    const pages = this.#client.pages({
      path: '/users',
      collection: 'users',
      read: readUser,
      signal,
    });
    try {
      for await (const { entries } of pages) {
        yield entries;
      }
    } catch (error) {
      fail(error);
    }
  }
}

function readWorkspace(data: unknown) {
  const workspace = isObject(data) && data.workspace;
  const id = isObject(workspace) && text(workspace.id);
  const slug = isObject(workspace) && text(workspace.slug);
  return id && slug ? { id, slug } : undefined;
}

function readUser(entry: unknown): KnownActor | undefined {
  const id = isObject(entry) ? text(entry.id) : undefined;
  return id && isObject(entry)
    ? { id, name: text(entry.name), email: text(entry.email) }
    : undefined;
}

function reasonOf({ status }: PublicApiError): IntakeErrorReason {
  switch (status) {
    case 200:
      return 'not-understood';
    case 401:
    case 403:
      return 'unauthorized';
    case 429:
      return 'rate-limited';
    default:
      return 'unavailable';
  }
}

/** Passes an error on in the trail's words. */
function fail(error: unknown): never {
  throw error instanceof PublicApiError
    ? new IntakeError(error.message, {
        reason: reasonOf(error),
        retryAfterMs: error.retryAfterMs,
      })
    : error;
}

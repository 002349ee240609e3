import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { actorOf } from '../recorder/toInput';
import { AuditedEvent } from './AuditedEvent';
import type { AuditorLog, AuditorLogEntry } from './AuditorLog';
import type { PluginAuditor } from './PluginAuditor';

const metaOf = (meta: JsonObject | undefined) =>
  meta && Object.keys(meta).length > 0 ? meta : undefined;

/**
 * The auditor of one plugin. Logs as Backstage's own does, and hands over to
 * the Audit Trail what the rules let through. Only what fails with Backstage's
 * own auditor fails with this one.
 */
export class AuditTrailAuditor implements AuditorService {
  readonly #auth: AuthService;
  readonly #httpAuth: HttpAuthService;
  readonly #log: AuditorLog;
  readonly #logger: LoggerService;
  readonly #plugin: PluginAuditor;
  readonly #pluginId: string;

  static create(options: {
    auth: AuthService;
    httpAuth: HttpAuthService;
    log: AuditorLog;
    logger: LoggerService;
    plugin: PluginAuditor;
    pluginId: string;
  }): AuditTrailAuditor {
    return new AuditTrailAuditor(options);
  }

  private constructor(options: Parameters<typeof AuditTrailAuditor.create>[0]) {
    this.#auth = options.auth;
    this.#httpAuth = options.httpAuth;
    this.#log = options.log;
    this.#logger = options.logger;
    this.#plugin = options.plugin;
    this.#pluginId = options.pluginId;
  }

  async createEvent(
    options: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent> {
    const { eventId, severityLevel = 'low', request, meta, ...rest } = options;
    const credentials = await this.#credentials(request);
    const entry: AuditorLogEntry = {
      ...rest,
      plugin: this.#pluginId,
      eventId,
      severityLevel,
      actor: {
        actorId: this.#actorId(credentials),
        ip: request?.ip,
        hostname: request?.hostname,
        userAgent: request?.get('user-agent'),
      },
      request: request && {
        url: request.originalUrl,
        method: request.method,
      },
      meta: metaOf(meta),
      status: 'initiated',
    };
    this.#log.write(entry);
    const event = await this.#attempt(async () =>
      this.#plugin.begin(
        AuditedEvent.begin({
          plugin: this.#pluginId,
          event: eventId,
          severity: severityLevel,
          actor: actorOf(credentials),
          request: entry.request,
          meta,
        }),
      ),
    );
    const end = async (
      outcome: Pick<AuditorLogEntry, 'status' | 'error'>,
      params: { meta?: JsonObject } = {},
    ) => {
      const { meta: moreMeta, ...more } = params;
      const wholeMeta = { ...meta, ...moreMeta };
      this.#log.write({
        ...entry,
        ...more,
        ...outcome,
        meta: metaOf(wholeMeta),
      });
      await this.#attempt(async () =>
        event?.end({ ...outcome, meta: wholeMeta }),
      );
    };
    return {
      success: async params => end({ status: 'succeeded' }, params),
      fail: async params =>
        end({ status: 'failed', error: params.error }, params),
    };
  }

  async #credentials(
    request: AuditorServiceCreateEventOptions['request'],
  ): Promise<BackstageCredentials> {
    if (!request) {
      return this.#auth.getOwnServiceCredentials();
    }
    try {
      return await this.#httpAuth.credentials(request);
    } catch (error) {
      throw new ForwardedError('Could not resolve credentials', error);
    }
  }

  #actorId(credentials: BackstageCredentials): string | undefined {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    return this.#auth.isPrincipal(credentials, 'service')
      ? credentials.principal.subject
      : undefined;
  }

  /** What is audited does not fail because it could not be recorded. */
  async #attempt<T>(record: () => Promise<T>): Promise<T | undefined> {
    try {
      return await record();
    } catch (error) {
      this.#logger.error(
        'An audited event could not be handed over to the Audit Trail',
        error as Error,
      );
      return undefined;
    }
  }
}

import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  SEVERITIES,
  type AuditEventSeverity,
} from 'backstage-plugin-audit-trail-common';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

const DEFAULT_LEVELS: Record<AuditEventSeverity, Level> = {
  low: 'debug',
  medium: 'info',
  high: 'info',
  critical: 'info',
};

/** What one log line tells. */
export interface AuditorLogEntry {
  plugin: string;
  eventId: string;
  severityLevel: AuditEventSeverity;
  actor: {
    actorId?: string;
    ip?: string;
    hostname?: string;
    userAgent?: string;
  };
  request?: { url: string; method: string };
  meta?: JsonObject;
  status: 'initiated' | 'succeeded' | 'failed';
  error?: Error;
}

function readLevels(config: RootConfigService) {
  const levels = { ...DEFAULT_LEVELS };
  for (const severity of SEVERITIES) {
    const key = `backend.auditor.severityLogLevelMappings.${severity}`;
    const level = config.getOptionalString(key);
    if (level !== undefined) {
      if (!LEVELS.includes(level as Level)) {
        throw new InputError(
          `The configuration value for '${key}' was given an invalid value: '${level}'. Expected one of the following valid values: '${LEVELS.join(
            ', ',
          )}'.`,
        );
      }
      levels[severity] = level as Level;
    }
  }
  return levels;
}

/** Writes the log lines of Backstage's own auditor. */
export class AuditorLog {
  readonly #levels: Record<AuditEventSeverity, Level>;
  readonly #logger: LoggerService;

  static fromConfig(
    config: RootConfigService,
    options: { logger: LoggerService },
  ): AuditorLog {
    return new AuditorLog(
      readLevels(config),
      options.logger.child({ isAuditEvent: true }),
    );
  }

  private constructor(
    levels: Record<AuditEventSeverity, Level>,
    logger: LoggerService,
  ) {
    this.#levels = levels;
    this.#logger = logger;
  }

  write(entry: AuditorLogEntry): void {
    const level = this.#levels[entry.severityLevel];
    const message = `${entry.plugin}.${entry.eventId}`;
    if (entry.error) {
      const { error, ...rest } = entry;
      this.#logger.child(rest as unknown as JsonObject)[level](message, error);
    } else {
      this.#logger[level](message, entry as unknown as JsonObject);
    }
  }
}

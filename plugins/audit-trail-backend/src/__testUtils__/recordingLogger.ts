import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/** A logger that keeps what it is told, as lines. */
export function recordingLogger(
  lines: string[],
  bound: JsonObject = {},
): LoggerService {
  const write = (...args: unknown[]) => {
    // What plugins tell the auditor is logged as Backstage's own auditor does;
    // that log line is the portal's.
    if (!bound.isAuditEvent) {
      lines.push(
        args
          .map(arg =>
            arg instanceof Error
              ? `${arg.stack} ${JSON.stringify(arg)}`
              : JSON.stringify(arg),
          )
          .join(' '),
      );
    }
  };
  return {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: meta => recordingLogger(lines, { ...bound, ...meta }),
  };
}

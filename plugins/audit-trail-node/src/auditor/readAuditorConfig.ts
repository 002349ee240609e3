import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** What the auditor takes from app-config. */
export interface AuditorConfig {
  /** Folder of the spool. */
  folder: string;
  /** Most bytes of the spool. */
  maxBytes: number;
  /** After this an event whose outcome has not come is sent without it. */
  outcomeTimeoutMs: number;
}

const KEY = 'auditTrail.auditor';
const MB = 1024 * 1024;
const DEFAULT_MAX_MB = 64;
const MIN_MAX_MB = 1;
const DEFAULT_OUTCOME_TIMEOUT_MS = 10 * 60_000;

/**
 * Beside the portal's other working files. Portals on one machine have folders
 * of their own, so that none sends what another one has audited.
 */
function defaultFolder(config: RootConfigService): string {
  const portal = createHash('sha256')
    .update(config.getOptionalString('backend.baseUrl') ?? '')
    .digest('hex')
    .slice(0, 12);
  return path.join(
    config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
    `backstage-audit-trail-${portal}`,
  );
}

/**
 * Reads `auditTrail.auditor` from app-config, but for the rules.
 *
 * @throws `InputError` that names the key
 */
export function readAuditorConfig(config: RootConfigService): AuditorConfig {
  const maxMb =
    config.getOptionalNumber(`${KEY}.spool.maxMegabytes`) ?? DEFAULT_MAX_MB;
  if (!(maxMb >= MIN_MAX_MB)) {
    throw new InputError(
      `${KEY}.spool.maxMegabytes: must be ${MIN_MAX_MB} or more`,
    );
  }
  const outcomeTimeout = `${KEY}.outcomeTimeout`;
  const outcomeTimeoutMs = config.has(outcomeTimeout)
    ? durationToMilliseconds(
        readDurationFromConfig(config, { key: outcomeTimeout }),
      )
    : DEFAULT_OUTCOME_TIMEOUT_MS;
  if (!(outcomeTimeoutMs >= 1_000)) {
    throw new InputError(`${outcomeTimeout}: must be a second or more`);
  }
  return {
    folder:
      config.getOptionalString(`${KEY}.spool.directory`) ??
      defaultFolder(config),
    maxBytes: maxMb * MB,
    outcomeTimeoutMs,
  };
}

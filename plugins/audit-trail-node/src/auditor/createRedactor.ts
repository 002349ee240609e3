import { randomBytes } from 'node:crypto';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { EventRedactor } from '../redaction/EventRedactor';
import { readRedactionConfig } from '../redaction/readRedactionConfig';

/**
 * Redacts what is audited before it is written to the spool, where secrets have
 * no place either. The key of the markers is one of this process alone, and
 * forgotten with it.
 */
export function createRedactor(config: RootConfigService): EventRedactor {
  return EventRedactor.create({
    config: readRedactionConfig(config),
    key: randomBytes(32).toString('base64url'),
  });
}

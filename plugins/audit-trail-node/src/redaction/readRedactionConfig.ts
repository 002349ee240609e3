import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { hasWords } from './SecretKeys';

/** Keys that say what is redacted, beside those that are known. */
export interface RedactionConfig {
  /** Further keys, or parts of keys, that name secrets. */
  keys: string[];
  /** Keys that name none, whatever words they have. */
  allow: string[];
}

/**
 * Reads `auditTrail.redaction` from app-config.
 *
 * @throws `InputError` that names the key
 */
export function readRedactionConfig(
  config: RootConfigService,
): RedactionConfig {
  const read = (name: string) => {
    const keys =
      config.getOptionalStringArray(`auditTrail.redaction.${name}`) ?? [];
    for (const [index, key] of keys.entries()) {
      if (!hasWords(key)) {
        throw new InputError(
          `auditTrail.redaction.${name}[${index}]: "${key}" must be a key of one to four words, such as partnerCode`,
        );
      }
    }
    return keys;
  };
  return { keys: read('keys'), allow: read('allow') };
}

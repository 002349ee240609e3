import { isIP } from 'node:net';
import { InputError } from '@backstage/errors';
import { addressFault } from './addressRules';
import type { AllowedHosts } from './AllowedHosts';

/**
 * Reads the address of a destination.
 *
 * @throws `InputError` whose message does not quote the address, which may
 * hold a secret
 */
export function parseDestinationUrl(
  text: string,
  options: { allowedHosts: AllowedHosts; allowPrivateAddresses: boolean },
): URL {
  const { allowedHosts, allowPrivateAddresses } = options;
  // `URL` would drop some of these silently and read others as slashes.
  if (/[\s\p{C}\\]/u.test(text)) {
    throw new InputError(
      'must not contain spaces, control characters or backslashes',
    );
  }
  const url = URL.parse(text);
  if (!url) {
    throw new InputError(
      'must be a URL such as https://hooks.example.com/audit',
    );
  }
  const { protocol, hostname } = url;
  if (
    protocol !== 'https:' &&
    !(protocol === 'http:' && allowPrivateAddresses)
  ) {
    throw new InputError(
      'must start with https://; http:// is for private addresses, with allowPrivateAddresses: true',
    );
  }
  if (url.username || url.password) {
    throw new InputError('must not contain credentials; headers are for them');
  }
  const address = hostname.replace(/^\[|\]$/g, '');
  const fault =
    isIP(address) && addressFault(address, { protocol, allowPrivateAddresses });
  if (fault) {
    throw new InputError(fault);
  }
  if (!allowedHosts.includes(hostname)) {
    throw new InputError(
      'its host is not among auditTrail.forwarding.allowedHosts',
    );
  }
  return url;
}

import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What may be connected to.
 *
 * - `public`: a global unicast address.
 * - `private`: one of a private network or of this machine, which a
 *   destination has to ask for.
 * - `forbidden`: all others, such as link-local ones, where clouds hand out
 *   credentials; no destination may have one.
 */
export type AddressClass = 'public' | 'private' | 'forbidden';

const PRIVATE_RANGES = new Set([
  'carrierGradeNat',
  'loopback',
  'private',
  'uniqueLocal',
]);

/** Where clouds answer for themselves outside of link-local addresses. */
const METADATA_ADDRESSES = new Set([
  '100.100.100.200', // Alibaba Cloud
  '168.63.129.16', // Azure
  'fd00:ec2::254', // AWS
  'fd20:ce::254', // Google Cloud
]);

/** Where all global unicast addresses are that IANA has given out. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** IPv4 addresses behind a translator; RFC 6052. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Says what kind of address one is; what is no address is forbidden. */
export function classifyAddress(address: string): AddressClass {
  // Only link-local addresses need a zone.
  if (!isIP(address) || address.includes('%')) {
    return 'forbidden';
  }
  // In hexadecimal, as the parser takes `::1.2.3.4` for `::ffff:1.2.3.4`.
  const canonical = isIPv6(address)
    ? new URL(`https://[${address}]`).hostname.slice(1, -1)
    : address;
  // An IPv4-mapped IPv6 address is the IPv4 address.
  const parsed = ipaddr.process(canonical);
  if (METADATA_ADDRESSES.has(parsed.toString())) {
    return 'forbidden';
  }
  if (parsed instanceof ipaddr.IPv6 && parsed.match(NAT64)) {
    const translated = ipaddr.fromByteArray(parsed.toByteArray().slice(12));
    // A translator is for the public network; RFC 6052, 3.1.
    return classifyAddress(translated.toString()) === 'public'
      ? 'public'
      : 'forbidden';
  }
  const range = parsed.range();
  if (PRIVATE_RANGES.has(range)) {
    return 'private';
  }
  const isGlobal =
    range === 'unicast' &&
    (parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6));
  return isGlobal ? 'public' : 'forbidden';
}

/**
 * Says why an address may not be connected to, if it may not.
 *
 * @param address - in the form that sockets take
 */
export function addressFault(
  address: string,
  options: { protocol: string; allowPrivateAddresses: boolean },
): string | undefined {
  switch (classifyAddress(address)) {
    case 'public':
      return options.protocol === 'https:'
        ? undefined
        : 'leads to a public address, where only https is allowed';
    case 'private':
      return options.allowPrivateAddresses
        ? undefined
        : 'leads to a private address, which allowPrivateAddresses does not allow';
    default:
      return 'leads to an address that no destination may have, such as a link-local or a reserved one';
  }
}

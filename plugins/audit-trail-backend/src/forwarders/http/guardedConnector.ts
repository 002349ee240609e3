import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { addressFault } from './addressRules';

/** An address that may not be connected to. */
export class ForbiddenAddressError extends Error {
  name = 'ForbiddenAddressError';
}

/** Asks for all addresses of a host. */
export type ResolveHost = (hostname: string) => Promise<LookupAddress[]>;

/** How connections are made. */
export interface GuardedConnectorOptions {
  allowPrivateAddresses: boolean;
  resolve: ResolveHost;
  timeoutMs: number;
  /** Certificates to trust instead of the usual ones. */
  ca?: string;
}

/**
 * A lookup that answers with checked addresses only. It is the socket's own,
 * so what was checked is what is connected to, and no second answer can come
 * between.
 */
function guardedLookup(
  resolve: ResolveHost,
  check: (address: string) => void,
): LookupFunction {
  const lookup = async (hostname: string) => {
    const answers = await resolve(hostname);
    if (answers.length === 0) {
      throw Object.assign(new Error('No address'), { code: 'ENOTFOUND' });
    }
    // A host with a forbidden address among others is refused as a whole.
    answers.forEach(({ address }) => check(address));
    return answers;
  };
  return (hostname, options, callback) => {
    lookup(hostname).then(
      answers => {
        if (options.all) {
          callback(null, answers);
        } else {
          callback(null, answers[0].address, answers[0].family);
        }
      },
      error => callback(error, []),
    );
  };
}

/**
 * Makes connections to addresses that are allowed, and to no others: each
 * address is checked right where the socket takes it.
 */
export function createGuardedConnector(
  options: GuardedConnectorOptions,
): buildConnector.connector {
  const { allowPrivateAddresses, resolve, timeoutMs: timeout, ca } = options;

  const connectorFor = (protocol: string): buildConnector.connector => {
    const check = (address: string) => {
      const fault = addressFault(address, { protocol, allowPrivateAddresses });
      if (fault) {
        throw new ForbiddenAddressError(fault);
      }
    };
    const connect = buildConnector({
      ca,
      timeout,
      lookup: guardedLookup(resolve, check),
    });
    return (target, callback) => {
      try {
        // Sockets look up names only.
        if (isIP(target.hostname)) {
          check(target.hostname);
        }
        connect(target, callback);
      } catch (error) {
        callback(error as Error, null);
      }
    };
  };

  const connectors = new Map(
    ['http:', 'https:'].map(protocol => [protocol, connectorFor(protocol)]),
  );
  return (target, callback) =>
    connectors.get(target.protocol)!(target, callback);
}

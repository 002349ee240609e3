import { isIP, isIPv6 } from 'node:net';
import { InputError } from '@backstage/errors';

/** A host as `URL` spells it; `undefined` if it is more than a host, or none. */
function normaliseHost(host: string): string | undefined {
  const text = isIPv6(host) ? `[${host}]` : host;
  // A port, a path or anything else beside the host.
  if (!/^(\[[\da-f:.]+\]|[^\s:/\\@?#*[\]%]+)$/i.test(text)) {
    return undefined;
  }
  try {
    return new URL(`https://${text}`).hostname;
  } catch {
    return undefined;
  }
}

/** The hosts that destinations may have. */
export class AllowedHosts {
  readonly #hosts = new Set<string>();
  readonly #suffixes: string[] = [];

  /**
   * @param hosts - names or addresses; `*.example.com` stands for all below
   * `example.com`
   * @param key - where they stand in app-config
   * @throws `InputError` that names the key
   */
  static fromList(hosts: string[], key: string): AllowedHosts {
    return new AllowedHosts(hosts, key);
  }

  private constructor(hosts: string[], key: string) {
    hosts.forEach((entry, index) => {
      const below = entry.startsWith('*.');
      const host = normaliseHost(below ? entry.slice(2) : entry);
      if (!host || (below && isIP(host.replace(/[[\]]/g, '')))) {
        throw new InputError(
          `${key}[${index}]: must be a host such as hooks.example.com or *.example.com, without a scheme, a port or a path`,
        );
      }
      if (below) {
        this.#suffixes.push(`.${host}`);
      } else {
        this.#hosts.add(host);
      }
    });
  }

  /** @param hostname - as `URL` spells it */
  includes(hostname: string): boolean {
    return (
      this.#hosts.has(hostname) ||
      this.#suffixes.some(suffix => hostname.endsWith(suffix))
    );
  }
}

import type { LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Agent, request } from 'undici';
import {
  ANSWERS,
  LOOPBACK_HOSTS,
  OTHER_HOSTS,
  PUBLIC,
} from './__testUtils__/addresses';
import {
  startCanary,
  startReceiver,
  type Receiver,
} from './__testUtils__/receiver';
import { AllowedHosts } from './AllowedHosts';
import { addressFault } from './addressRules';
import type { ResolveHost } from './guardedConnector';
import { HttpPoster } from './HttpPoster';
import { parseDestinationUrl } from './parseDestinationUrl';

const TIMEOUT_MS = 500;

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some(address => address?.address === '::1');

const answer = (address: string): LookupAddress => ({
  address,
  family: isIPv6(address) ? 6 : 4,
});

const post = (
  poster: HttpPoster,
  url: string,
  signal = new AbortController().signal,
) => poster.post({ url: new URL(url), headers: {}, body: '[]', signal });

describe('addresses that must not be reached', () => {
  let canary: Receiver;

  beforeEach(async () => {
    canary = await startCanary();
  });
  afterEach(async () => {
    await canary.close();
  });

  describe.each([...LOOPBACK_HOSTS, ...OTHER_HOSTS])('https://%s', host => {
    const url = () => `https://${host}:${canary.port}/`;

    it('is not connected to', async () => {
      const poster = HttpPoster.create({ timeoutMs: TIMEOUT_MS });
      await expect(post(poster, url())).rejects.toThrow(/: leads to an? /);
      expect(canary.connections()).toBe(0);
    });

    it('is not connected to over http', async () => {
      const poster = HttpPoster.create({ timeoutMs: TIMEOUT_MS });
      await expect(
        post(poster, url().replace('https', 'http')),
      ).rejects.toThrow(/: leads to an? /);
      expect(canary.connections()).toBe(0);
    });

    if (!/localhost/i.test(decodeURI(host).normalize('NFKC'))) {
      it('is no address of a destination, even if its host is allowed', () => {
        const { hostname } = new URL(url());
        const options = {
          allowedHosts: AllowedHosts.fromList([hostname], 'allowedHosts'),
          allowPrivateAddresses: false,
        };
        expect(() => parseDestinationUrl(url(), options)).toThrow(
          /^leads to an? /,
        );
      });
    }
  });

  // What would happen without the guard: the canary is where these lead to.
  it.each(LOOPBACK_HOSTS.filter(host => hasIPv6 || !host.includes('[')))(
    'the canary sees a client without a guard at https://%s',
    async host => {
      await expect(
        request(`https://${host}:${canary.port}/`, { method: 'POST' }),
      ).rejects.toThrow();
      expect(canary.connections()).toBeGreaterThan(0);
    },
  );

  const url = () => `https://hooks.example.com:${canary.port}/`;

  it.each(ANSWERS)('a name that leads to "%s" is refused', async address => {
    const resolve = jest.fn(async () => [answer(address)]);
    const poster = HttpPoster.create({ resolve, timeoutMs: TIMEOUT_MS });
    await expect(post(poster, url())).rejects.toThrow(/: leads to an? /);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(canary.connections()).toBe(0);
  });

  it.each(['localhost.', 'a.localhost', 'hooks.example.com.', 'x.nip.io'])(
    'the name %s is judged by where it leads to',
    async name => {
      const poster = HttpPoster.create({
        resolve: async () => [answer('127.0.0.1')],
        timeoutMs: TIMEOUT_MS,
      });
      await expect(
        post(poster, `https://${name}:${canary.port}/`),
      ).rejects.toThrow(/leads to a private address/);
      expect(canary.connections()).toBe(0);
    },
  );

  it.each(ANSWERS)(
    'a name that leads to a public address and to "%s" is refused as a whole',
    async address => {
      for (const answers of [
        [PUBLIC, address],
        [address, PUBLIC],
        [PUBLIC, PUBLIC, address],
      ]) {
        const poster = HttpPoster.create({
          resolve: async () => answers.map(answer),
          timeoutMs: TIMEOUT_MS,
        });
        await expect(post(poster, url())).rejects.toThrow(/: leads to an? /);
      }
      expect(canary.connections()).toBe(0);
    },
  );

  it.each(['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '100.100.100.200'])(
    'private addresses do not include %s',
    async address => {
      const poster = HttpPoster.create({
        allowPrivateAddresses: true,
        resolve: async () => [answer('127.0.0.1'), answer(address)],
        timeoutMs: TIMEOUT_MS,
      });
      const message = /: leads to an address that no destination may have/;
      await expect(post(poster, url())).rejects.toThrow(message);
      const host = isIPv6(address) ? `[${address}]` : address;
      for (const scheme of ['http', 'https']) {
        await expect(
          post(poster, `${scheme}://${host}:${canary.port}/`),
        ).rejects.toThrow(message);
      }
      expect(canary.connections()).toBe(0);
    },
  );

  it('public addresses are not sent to in the clear', async () => {
    const poster = HttpPoster.create({
      allowPrivateAddresses: true,
      resolve: async () => [answer(PUBLIC)],
      timeoutMs: TIMEOUT_MS,
    });
    const message = /leads to a public address, where only https is allowed/;
    await expect(post(poster, 'http://hooks.example.com/')).rejects.toThrow(
      message,
    );
    await expect(post(poster, `http://[${PUBLIC}]/`)).rejects.toThrow(message);
  });

  describe('a name whose answer changes', () => {
    /** The first answer is harmless. */
    const rebinding = (first: string, then: string) => {
      const answers = [first];
      return jest.fn<ReturnType<ResolveHost>, [string]>(async () => [
        answer(answers.shift() ?? then),
      ]);
    };

    it('is asked for once for each connection', async () => {
      const resolve = rebinding(PUBLIC, '127.0.0.1');
      const poster = HttpPoster.create({ resolve, timeoutMs: TIMEOUT_MS });
      await expect(post(poster, url())).rejects.toThrow();
      expect(resolve).toHaveBeenCalledTimes(1);
      // The second answer is checked just as the first one.
      await expect(post(poster, url())).rejects.toThrow(/a private address/);
      expect(resolve).toHaveBeenCalledTimes(2);
      expect(canary.connections()).toBe(0);
    });

    it('is connected to at the address that was checked', async () => {
      const receiver = await startReceiver(response => response.end());
      // An address of this machine where nobody listens.
      const resolve = rebinding('127.0.0.1', '127.0.0.2');
      const poster = HttpPoster.create({
        allowPrivateAddresses: true,
        resolve,
        timeoutMs: TIMEOUT_MS,
      });
      const { status } = await post(
        poster,
        `http://hooks.example.com:${receiver.port}/`,
      );
      expect(status).toBe(200);
      expect(resolve.mock.calls).toEqual([['hooks.example.com']]);
      await receiver.close();
    });

    it('gets past a check that comes before the connection', async () => {
      const resolve = rebinding(PUBLIC, '127.0.0.1');
      const [{ address }] = await resolve('hooks.example.com');
      expect(
        addressFault(address, {
          protocol: 'https:',
          allowPrivateAddresses: false,
        }),
      ).toBeUndefined();
      const agent = new Agent({
        connect: {
          lookup: (host, _options, callback) => {
            resolve(host).then(answers => callback(null, answers));
          },
        },
      });
      await expect(
        request(url(), { method: 'POST', dispatcher: agent }),
      ).rejects.toThrow();
      expect(canary.connections()).toBeGreaterThan(0);
    });
  });
});

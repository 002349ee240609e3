import { DeliveryRetryError } from 'backstage-plugin-audit-trail-node';
import { generate } from 'selfsigned';
import { closeReceivers, deliver, receiver } from './__testUtils__/deliver';

afterEach(closeReceivers);

describe('HttpPoster over TLS', () => {
  const host = 'hooks.example.com';
  const { private: key, cert } = generate(
    [{ name: 'commonName', value: host }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
      ],
    },
  );
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];

  it('checks the certificate against the name, not the address', async () => {
    const { port, requests } = await receiver(response => response.end(), {
      key,
      cert,
    });
    expect(
      await deliver(`https://${host}:${port}/`, { ca: cert, resolve }),
    ).toBeUndefined();
    expect(requests).toEqual([
      expect.objectContaining({
        headers: expect.objectContaining({ host: `${host}:${port}` }),
      }),
    ]);

    const other = await deliver(`https://other.example.com:${port}/`, {
      ca: cert,
      resolve,
    });
    expect(other).toBeInstanceOf(DeliveryRetryError);
    expect(other?.message).toBe(
      `https://other.example.com:${port}: the connection failed (ERR_TLS_CERT_ALTNAME_INVALID)`,
    );
    expect(
      (await deliver(`https://${host}:${port}/`, { resolve }))?.message,
    ).toMatch(/\(DEPTH_ZERO_SELF_SIGNED_CERT\)$/);
    expect(requests).toHaveLength(1);
  });
});

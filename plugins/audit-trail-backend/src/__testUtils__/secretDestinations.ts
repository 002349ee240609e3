import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@backstage/types';

/** Destinations as app-config has them, with secrets of their own. */
export interface SecretDestinations {
  destinations: Record<string, JsonObject>;
  /** What must stand nowhere but there, in each form that it is sent in. */
  secrets: string[];
  /** Ids of those that were sent to. */
  asked: Set<string>;
  close(): Promise<void>;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** None of them looks like a secret, so that no pattern finds it by its shape. */
const WEBHOOK = {
  keys: [base64('webhook-one-of-32-bytes-aaaaaaaa'), base64('b'.repeat(32))],
  path: 'ownPathOfTheWebhook',
  query: 'ownQueryOfTheWebhook',
  header: 'ownHeaderOfTheWebhook',
};
const SLACK = 'ownPathOfTheSlackHook';
const SEGMENT = { writeKey: 'ownKeyOfTheSource', token: 'ownNameAtSegment' };

/**
 * Starts a receiver that refuses everything and quotes all it was sent, and
 * says which destinations lead to it.
 */
export async function startSecretDestinations(): Promise<SecretDestinations> {
  const asked = new Set<string>();
  const server = http.createServer(async (request, response) => {
    const { headers, url = '' } = request;
    request.resume();
    asked.add(/^\/(webhook|slack)\//.exec(url)?.[1] ?? 'segment');
    const [, credentials = ''] = (headers.authorization ?? '').split(' ');
    // What stands first is not cut off.
    const quoted = [
      ...[headers['x-portal'], headers.authorization],
      ...[Buffer.from(credentials, 'base64').toString('latin1'), url],
    ];
    response.writeHead(400, { 'content-type': 'text/plain' });
    response.end(`refused: ${quoted.join(' ')}`);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const receiver = `http://127.0.0.1:${port}`;
  return {
    asked,
    destinations: {
      webhook: {
        type: 'webhook',
        url: `${receiver}/webhook/${WEBHOOK.path}?part=${WEBHOOK.query}`,
        secrets: WEBHOOK.keys.map(key => `whsec_${key}`),
        headers: { 'x-portal': WEBHOOK.header },
        allowPrivateAddresses: true,
      },
      slack: {
        type: 'slack',
        webhookUrl: `${receiver}/slack/T024/B042/${SLACK}`,
        minIntervalMs: 0,
        allowPrivateAddresses: true,
      },
      segment: {
        type: 'segment-source',
        writeKey: SEGMENT.writeKey,
        publicApiToken: SEGMENT.token,
        endpoint: receiver,
        endpointPublicApi: receiver,
      },
    },
    secrets: [
      ...WEBHOOK.keys,
      ...[WEBHOOK.path, WEBHOOK.query, WEBHOOK.header, SLACK],
      ...[SEGMENT.writeKey, base64(`${SEGMENT.writeKey}:`), SEGMENT.token],
    ],
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

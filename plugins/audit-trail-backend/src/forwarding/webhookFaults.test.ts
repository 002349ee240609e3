import { TestTrailDatabases } from '../__testUtils__/databases';
import { waitUntil } from '../__testUtils__/waitUntil';
import {
  startReceiver,
  type Receiver,
} from '../forwarders/__testUtils__/receiver';
import { some, TestForwarding } from './__testUtils__/TestForwarding';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

describe.each(databases.eachSupportedId())('a webhook on %s', databaseId => {
  let forwarding: TestForwarding;
  let webhook: Receiver;

  beforeEach(async () => {
    forwarding = await TestForwarding.create(databases, databaseId);
    webhook = await startReceiver();
  });
  afterEach(async () => {
    await forwarding.stopAll();
    await webhook.close();
  });

  const start = () =>
    forwarding.start({}, undefined, {
      destinations: {
        siem: {
          type: 'webhook',
          url: `${webhook.url}/webhook/siem`,
          allowPrivateAddresses: true,
          secrets: [`whsec_${Buffer.alloc(32, 7).toString('base64')}`],
          filter: { 'not.category': 'audit-trail' },
        },
      },
      forwarding: { allowedHosts: ['127.0.0.1'] },
    });
  const taken = async () =>
    (await webhook.received())
      .filter(({ accepted }) => accepted)
      .flatMap(({ message }) => message.map(({ id }: { id: string }) => id));

  it('that answers 302, 429 with Retry-After, without end and not at all gets everything once in the end', async () => {
    await webhook.setFaults([
      {
        do: 'status',
        status: 302,
        location: `${webhook.url}/webhook/other`,
        times: 1,
      },
      { do: 'status', status: 429, retryAfter: 3, times: 1 },
      { do: 'reset', times: 1 },
      // What comes after 64 KB is not read: it was a 200.
      { do: 'endless', afterwards: true, times: 1 },
    ]);
    const backend = await start();
    const ids = await forwarding.record(backend, some(20));
    await waitUntil('all are taken', async () => (await taken()).length === 20);
    await waitUntil(
      'nothing waits',
      async () => (await forwarding.status(backend, 'siem')).pending === 0,
    );
    const received = await webhook.received();
    expect(received.map(({ path }) => path)).toEqual(
      received.map(() => '/webhook/siem'),
    );
    expect(await taken()).toEqual(ids);
    const [, second, third] = received.map(({ at }) => Date.parse(at));
    expect(third - second).toBeGreaterThanOrEqual(3_000);
  });

  it('that answers 410 is switched off and keeps its queue', async () => {
    await webhook.setFaults([{ do: 'status', status: 410 }]);
    const backend = await start();
    await forwarding.record(backend, some(20));
    await waitUntil(
      'it is gone',
      async () => (await forwarding.status(backend, 'siem')).state === 'gone',
    );
    expect(await forwarding.status(backend, 'siem')).toMatchObject({
      pending: 20,
      deadLetters: 0,
    });
    expect(await webhook.received()).toHaveLength(1);
  });
});

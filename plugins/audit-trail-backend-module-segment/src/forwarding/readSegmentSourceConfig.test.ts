import { destinationConfig } from '../__testUtils__/segment';
import { readSegmentSourceConfig } from './readSegmentSourceConfig';

const read = (data: object) =>
  readSegmentSourceConfig({
    destinationId: 'segment',
    config: destinationConfig({ type: 'segment-source', ...data }),
  });

describe('readSegmentSourceConfig', () => {
  it('has defaults', () => {
    expect(read({ writeKey: 'key' })).toEqual({
      writeKey: 'key',
      region: 'us',
      trackingApi: 'https://api.segment.io',
      publicApi: 'https://api.segmentapis.com',
      publicApiToken: undefined,
      eventName: 'audit',
      maxEvents: 100,
      sourceId: undefined,
      sourceSlug: undefined,
    });
  });

  it('takes the addresses of the region', () => {
    expect(read({ writeKey: 'key', region: 'eu' })).toMatchObject({
      trackingApi: 'https://events.eu1.segmentapis.com',
      publicApi: 'https://eu1.api.segmentapis.com',
    });
  });

  it('takes other addresses', () => {
    const addresses = (endpoint: string) =>
      read({ writeKey: 'key', endpoint, endpointPublicApi: endpoint });
    expect(addresses('http://127.0.0.1:7099/')).toMatchObject({
      trackingApi: 'http://127.0.0.1:7099',
      publicApi: 'http://127.0.0.1:7099',
    });
    expect(addresses('http://[::1]:7099').trackingApi).toBe(
      'http://[::1]:7099',
    );
    expect(addresses('https://proxy.example/segment/').trackingApi).toBe(
      'https://proxy.example/segment',
    );
  });

  it.each<[string, object]>([
    ['writeKey', {}],
    ['writeKey', { writeKey: '' }],
    ['writeKey', { writeKey: 's3cret with spaces' }],
    ['writeKey', { writeKey: 's3cret:' }],
    ['writeKey', { writeKey: ['s3cret'] }],
    ['publicApiToken', { publicApiToken: 's3cret\nX: y' }],
    ['region', { region: 's3cret' }],
    ['eventName', { eventName: 'Audit' }],
    ['endpoint', { endpoint: 'http://s3cret.example' }],
    ['endpoint', { endpoint: 'http://localhost.example' }],
    ['endpoint', { endpoint: 'https://s3cret:s3cret@proxy.example' }],
    ['endpoint', { endpoint: 'https://proxy.example/?s3cret' }],
    ['endpoint', { endpoint: 'file:///s3cret' }],
    ['endpoint', { endpoint: 's3cret' }],
    ['endpointPublicApi', { endpointPublicApi: 'http://10.0.0.1' }],
    ['maxEvents', { maxEvents: 0 }],
    ['maxEvents', { maxEvents: 2501 }],
    ['maxEvents', { maxEvents: 1.5 }],
    ['maxEvents', { maxEvents: 's3cret' }],
    ['sourceId', { sourceId: 5 }],
    ['sourceSlug', { sourceSlug: ['s3cret'] }],
  ])('names %s, and no value, if it is wrong: %j', (key, data) => {
    const writeKey = key === 'writeKey' ? {} : { writeKey: 'key' };
    const error = (() => {
      try {
        return read({ ...writeKey, ...data });
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(
        `auditTrail.forwarding.destinations.segment.${key}: must be`,
      ),
    });
    expect(String(error)).not.toContain('s3cret');
  });
});

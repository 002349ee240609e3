import {
  DeliveryRejectedError,
  DeliveryRetryError,
} from 'backstage-plugin-audit-trail-node';
import { DEMO_SOURCE } from '../__testUtils__/examples';
import {
  errorOf,
  manyEvents,
  segmentForwarder,
  stopTrackingApis,
  trackingApi,
} from '../__testUtils__/segment';

afterEach(stopTrackingApis);

const WRITE_KEY = DEMO_SOURCE.writeKeys[0];
const { signal } = new AbortController();
const eventIds = (api: { received: any[] }) =>
  api.received.map(
    ({ properties }) => properties.backstage_audit_trail.event_id,
  );
const idsOf = (events: { id: string }[]) => events.map(({ id }) => id);

describe('forward', () => {
  it('sends events in one request, in order, with the write key', async () => {
    const api = await trackingApi();
    const events = manyEvents(3);
    await segmentForwarder(api).forward({ events, signal });
    expect(eventIds(api)).toEqual(idsOf(events));
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/batch',
      writeKey: WRITE_KEY,
      headers: { 'content-type': 'application/json' },
    });
  });

  it.each([
    ['us', 'https://api.segment.io/v1/batch'],
    ['eu', 'https://events.eu1.segmentapis.com/v1/batch'],
  ])('sends to the address of the region %s', async (region, address) => {
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockResolvedValueOnce(new Response('{"success":true}'));
    try {
      await segmentForwarder(
        { url: '' },
        { config: { region, endpoint: null, endpointPublicApi: null } },
      ).forward({ events: manyEvents(1), signal });
      expect(fetched).toHaveBeenCalledTimes(1);
      expect(fetched.mock.calls[0][0]).toBe(address);
    } finally {
      fetched.mockRestore();
    }
  });

  it('sends 2,500 events in requests that are nearly full, and none is dropped', async () => {
    const api = await trackingApi();
    const forwarder = segmentForwarder(api, { config: { maxEvents: 2500 } });
    expect(forwarder.limits).toEqual({ maxEvents: 2500 });
    const events = manyEvents(2500);
    await forwarder.forward({ events, signal });
    expect(eventIds(api)).toEqual(idsOf(events));
    expect(api.dropped).toBe(0);
    expect(Math.max(...api.requests.map(({ bytes }) => bytes))).toBeGreaterThan(
      450_000,
    );
  });

  it('divides what is larger than 500 KB among requests', async () => {
    const api = await trackingApi();
    const events = manyEvents(100, '日'.repeat(9_000));
    await segmentForwarder(api).forward({ events, signal });
    expect(eventIds(api)).toEqual(idsOf(events));
    expect(api.requests.map(({ status }) => status)).toEqual(
      Array(api.requests.length).fill(200),
    );
    expect(api.requests.length).toBe(6);
  });

  it('sends all again if a later request fails, and Segment keeps each once', async () => {
    const api = await trackingApi({ faults: [undefined, { status: 503 }] });
    const events = manyEvents(100, 'a'.repeat(20_000));
    const forwarder = segmentForwarder(api);
    const error = await errorOf(forwarder.forward({ events, signal }));
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(api.received.length).toBeGreaterThan(0);
    expect(api.received.length).toBeLessThan(100);
    const before = api.received.length;
    await forwarder.forward({ events, signal });
    expect(eventIds(api)).toEqual(idsOf(events));
    expect(api.duplicates).toBe(before);
  });

  it('leaves to the engine to halve what would be too many requests', async () => {
    const api = await trackingApi();
    const forwarder = segmentForwarder(api, { config: { maxEvents: 2500 } });
    const events = manyEvents(1200, 'a'.repeat(20_000));
    const error = await errorOf(forwarder.forward({ events, signal }));
    expect(error).toBeInstanceOf(DeliveryRejectedError);
    expect(api.requests).toHaveLength(0);
    await forwarder.forward({ events: events.slice(0, 600), signal });
    await forwarder.forward({ events: events.slice(600), signal });
    expect(eventIds(api)).toEqual(idsOf(events));
  });

  it('sends an event of any size', async () => {
    const api = await trackingApi();
    const events = manyEvents(2, '😀'.repeat(20_000));
    await segmentForwarder(api).forward({ events, signal });
    expect(eventIds(api)).toEqual(idsOf(events));
  });

  it('sends an event to two destinations, and to each of them once', async () => {
    const api = await trackingApi();
    const events = manyEvents(1);
    const [one, other] = ['one', 'other'].map(destinationId =>
      segmentForwarder(api, { destinationId }),
    );
    await one.forward({ events, signal });
    await one.forward({ events, signal });
    await other.forward({ events, signal });
    expect(api.received).toHaveLength(2);
    expect(api.duplicates).toBe(1);
  });

  it('is delivered as far as anybody can see with a wrong write key', async () => {
    const api = await trackingApi();
    const config = { writeKey: 'wrong' };
    await segmentForwarder(api, { config }).forward({
      events: manyEvents(1),
      signal,
    });
    expect(api.dropped).toBe(1);
  });
});

import {
  DeliveryRejectedError,
  DeliveryRetryError,
  DestinationGoneError,
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

describe('errors of forward', () => {
  const forwardTo = async (
    faults: Parameters<typeof trackingApi>[0],
    options: Parameters<typeof segmentForwarder>[1] = {},
  ) => {
    const api = await trackingApi(faults);
    const error = await errorOf(
      segmentForwarder(api, options).forward({
        events: manyEvents(4),
        signal,
      }),
    );
    return { api, error };
  };

  it.each([
    [400, DeliveryRejectedError],
    [413, DeliveryRejectedError],
    [422, DeliveryRejectedError],
    [410, DestinationGoneError],
    [401, DeliveryRetryError],
    [403, DeliveryRetryError],
    [404, DeliveryRetryError],
    [429, DeliveryRetryError],
    [500, DeliveryRetryError],
    [503, DeliveryRetryError],
  ])('%d is a %p', async (status, type) => {
    const { error } = await forwardTo({ faults: [{ status }] });
    expect(error).toBeInstanceOf(type);
    expect(error.message).toMatch(
      new RegExp(
        `^Segment's Tracking API \\(127\\.0\\.0\\.1:\\d+\\) answered ${status}$`,
      ),
    );
  });

  it('is a rejection for a whole batch, until the bad event stands alone', async () => {
    const events = manyEvents(4);
    const api = await trackingApi({
      rejects: ({ properties }) =>
        properties.backstage_audit_trail.event_id === events[2].id,
    });
    const forwarder = segmentForwarder(api);
    const sent = (some: typeof events) =>
      errorOf(forwarder.forward({ events: some, signal }));
    for (const some of [events, events.slice(2), [events[2]]]) {
      const error = await sent(some);
      expect(error).toBeInstanceOf(DeliveryRejectedError);
      expect(error.message).toContain('answered 400: {"success":false');
    }
    await forwarder.forward({ events: events.slice(0, 2), signal });
    await forwarder.forward({ events: [events[3]], signal });
    expect(api.received).toHaveLength(3);
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['soon', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('tells when to try again: Retry-After %s', async (value, expected) => {
    const { error } = await forwardTo({
      faults: [{ status: 429, headers: { 'Retry-After': value } }],
    });
    expect(error.retryAfterMs).toBe(expected);
  });

  it('tells when to try again by a date', async () => {
    const value = new Date(Date.now() + 3_600_000).toUTCString();
    const { error } = await forwardTo({
      faults: [{ status: 503, headers: { 'Retry-After': value } }],
    });
    expect(error.retryAfterMs).toBeGreaterThan(3_000_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it('follows no redirect', async () => {
    const canary = await trackingApi();
    const { error } = await forwardTo({
      faults: [{ status: 307, headers: { Location: canary.url } }],
    });
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toMatch(/answered 307, a redirect/);
    expect(canary.requests).toHaveLength(0);
  });

  it('gives up after a time, also if the events have arrived', async () => {
    const { api, error } = await forwardTo(
      { faults: [{ hang: true, afterReceipt: true }] },
      { timeoutMs: 100 },
    );
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toMatch(/did not answer within 0\.1 seconds$/);
    expect(api.received).toHaveLength(4);
  });

  it('says what broke the connection', async () => {
    const { error } = await forwardTo({ faults: [{ reset: true }] });
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toMatch(/could not be reached \([A-Z_]+\)$/);
  });

  it('says that nobody listens', async () => {
    const api = await trackingApi();
    await api.close();
    const error = await errorOf(
      segmentForwarder(api).forward({ events: manyEvents(1), signal }),
    );
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toMatch(/could not be reached \(ECONNREFUSED\)$/);
  });

  it('ends when the engine says so', async () => {
    const controller = new AbortController();
    const api = await trackingApi({
      faults: () => {
        controller.abort();
        return { hang: true };
      },
    });
    const error = await errorOf(
      segmentForwarder(api).forward({
        events: manyEvents(1),
        signal: controller.signal,
      }),
    );
    expect(error).toBeInstanceOf(DeliveryRetryError);
    expect(error.message).toMatch(/was not waited for any longer$/);
  });

  it('reads no more than 64 KB of an answer', async () => {
    const api = await trackingApi({ faults: [{ endless: true }] });
    await segmentForwarder(api).forward({ events: manyEvents(1), signal });
    expect(api.requests).toHaveLength(1);
  });

  it('quotes no credentials and no more than a line', async () => {
    const credentials = Buffer.from(`${WRITE_KEY}:`).toString('base64');
    const { error } = await forwardTo({
      faults: [
        {
          status: 400,
          body: `bad\r\n\u001b[31m key ${WRITE_KEY}, ${credentials}\u2028${'x'.repeat(
            100_000,
          )}`,
        },
      ],
    });
    expect(error.message).toMatch(/answered 400: bad \[31m key …, … x+$/);
    expect(error.message.length).toBeLessThan(300);
  });
});

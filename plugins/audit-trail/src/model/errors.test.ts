import { responseError } from '../__testUtils__/fixtures';
import { t } from '../__testUtils__/translation';
import { errorReason } from './errors';

describe('errorReason', () => {
  it("gives the backend's reason, and else what is known", async () => {
    expect(
      errorReason(
        t,
        await responseError(400, 'from: must not be later than to'),
      ),
    ).toBe('from: must not be later than to');
    expect(errorReason(t, new Error('Failed to fetch'))).toBe(
      'Failed to fetch',
    );
    // A proxy's page says nothing that a reader could use.
    expect(
      errorReason(
        t,
        await responseError(502, '<html>', { 'content-type': 'text/html' }),
      ),
    ).toBe('Request failed with 502 Refused');
  });

  it.each([
    ['30', 'in 30 seconds'],
    ['1', 'in 1 second'],
    ['soon', 'in a minute'],
    [undefined, 'in a minute'],
    [new Date(Date.now() - 60_000).toUTCString(), 'in a minute'],
  ])('says when to try again: %s', async (retryAfter, expected) => {
    const headers = retryAfter ? { 'Retry-After': retryAfter } : undefined;
    expect(errorReason(t, await responseError(429, 'slowly', headers))).toBe(
      `Too many requests; try again ${expected}`,
    );
  });

  it('reads a date', async () => {
    const retryAfter = new Date(Date.now() + 600_000).toUTCString();
    expect(
      errorReason(
        t,
        await responseError(429, 'slowly', { 'Retry-After': retryAfter }),
      ),
    ).toMatch(/try again in (59\d|600) seconds$/);
  });
});

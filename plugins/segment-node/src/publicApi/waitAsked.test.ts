import { waitAsked } from './waitAsked';

const wait = (json: unknown, headers: Record<string, string> = {}) =>
  waitAsked({ json, headers: new Headers(headers) });

const told = (msBeforeNext: unknown) => ({
  errors: [{ data: { msBeforeNext } }],
});

describe('waitAsked', () => {
  it('goes by the milliseconds, whatever else is told', () => {
    const reset = { 'X-RateLimit-Reset': 'Wed, 01 Jan 2200 00:00:00 GMT' };
    expect(wait(told(250), reset)).toBe(250);
    expect(wait({ errors: [...told(0).errors, { data: 1 }] })).toBe(0);
  });

  it('else goes by the date', () => {
    expect(
      wait(told('soon'), {
        'X-RateLimit-Reset': 'Wed, 01 Jan 2200 00:00:00 GMT',
      }),
    ).toBeGreaterThan(60_000);
    expect(
      wait(undefined, { 'X-RateLimit-Reset': 'Sat, 01 Jan 2000 00:00:00 GMT' }),
    ).toBe(0);
  });

  it.each([null, '<html>', told(-5), told(null), { errors: [] }])(
    'else waits a second: %j',
    json => {
      expect(wait(json, { 'X-RateLimit-Reset': 'soon' })).toBe(1000);
    },
  );
});

import { readViewQuery } from './readViewQuery';

describe('the query of a view', () => {
  it('has one spelling for views that show the same', () => {
    const spelled =
      'actor=a&actor=b&not.type=x&order=asc&q=two+words&range=7d&views=shown';
    expect(readViewQuery(spelled)).toBe(spelled);
    expect(
      readViewQuery(
        'views=shown&q=two%20words&range=7d&actor=b&actor=a&actor=b&not.type=x&order=asc&source=&harmful=',
      ),
    ).toBe(spelled);
    expect(readViewQuery('order=desc&views=')).toBe('range=90d');
  });

  it('keeps a relative range relative, and fixed times fixed', () => {
    expect(readViewQuery('')).toBe('range=90d');
    expect(readViewQuery('range=all')).toBe('range=all');
    expect(readViewQuery('from=2026-01-01&to=2026-01-31')).toBe(
      'from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-31T23%3A59%3A59.999Z',
    );
  });

  it.each([
    ['cursor=x', /^cursor: is no part of a view; there are type, /],
    ['event=x', /^event: is no part of a view/],
    ['limit=25', /^limit: is no part of a view/],
    ['__proto__=x', /^__proto__: is no part of a view/],
    ['constructor=x', /^constructor: is no part of a view/],
    [`${'x'.repeat(100)}=1`, /^x{64}: is no part of a view/],
    ['outcome=lost', /^outcome: "lost" is none of initiated, /],
    ['actor=a%00b', /^actor: must not contain a NUL character$/],
    ['range=5d', /^range: "5d" is none of 24h, 7d, 30d, 90d, all$/],
    ['range=toString', /^range: "toString" is none of/],
    ['range=7d&range=30d', /^range: may be given once$/],
    ['range=7d&from=2026-01-01', /^range: cannot stand beside from or to$/],
    ['views=hidden', /^views: "hidden" is none of shown$/],
    ['order=up', /^order: "up" is none of asc, desc$/],
    [`q=${'x'.repeat(8_000)}`, /^query: has at most 8,000 characters$/],
  ])('is not %s', (query, message) => {
    expect(() => readViewQuery(query)).toThrow(message);
  });
});

import {
  auditEventFilterFromParams,
  auditEventFilterToParams,
} from './filterParams';
import { parseTimeBound } from './parseTimeBound';

const read = (query: string) =>
  auditEventFilterFromParams(new URLSearchParams(query));

describe('filter parameters', () => {
  it('are the filter, there and back', () => {
    const filter = {
      types: ['warehouse.disabled', 'source.deleted'],
      categories: ['personas'],
      actors: ['a&b=c'],
      actorTypes: ['user' as const],
      resources: ['segment:space:ws/ä +'],
      workspaces: ['ws'],
      sources: ['segment'],
      outcomes: ['failed' as const],
      harmful: false,
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-31T23:59:59.999Z',
      text: '"two words"',
      not: { actors: ['x'], types: ['y'] },
    };
    const query = auditEventFilterToParams(filter).toString();
    expect(read(query)).toEqual(filter);
    expect(auditEventFilterToParams(read(query)).toString()).toBe(query);
  });

  it('leave out what is empty, and take each value once', () => {
    expect(read('type=&q=+&from=&harmful=')).toEqual({});
    expect(read('type=a&type=a&type=b')).toEqual({ types: ['a', 'b'] });
  });

  it.each([
    ['q=---', 'q: has no letter and no digit to search for'],
    ['actor=a%00b', 'actor: must not contain a NUL character'],
  ])('refuse %s', (query, message) => {
    expect(() => read(query)).toThrow(message);
  });

  it('refuse more values than a query can take', () => {
    const many = Array.from({ length: 201 }, (_, n) => `actor=${n}`).join('&');
    expect(() => read(many)).toThrow('actor: at most 200 values are taken');
  });
});

describe('parseTimeBound', () => {
  it.each([
    ['2026-11-22', 'from', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22', 'to', '2026-11-22T23:59:59.999Z'],
    ['2026-11-22T13:03', 'to', '2026-11-22T13:03:00.000Z'],
    ['2026-11-22T14:03:11.5+01:00', 'from', '2026-11-22T13:03:11.500Z'],
  ] as const)('reads %s as %s', (value, bound, expected) => {
    expect(parseTimeBound(value, bound)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2026-02-30',
    '22.11.2026',
    '1900-01-01',
    '99999-01-01',
    '12:30',
    '20260101',
    '2026-01',
    '2026-W01-4',
  ])('refuses "%s"', value => {
    expect(() => parseTimeBound(value, 'to')).toThrow(
      /^to: ".*" is not a time/,
    );
  });
});

import type { JsonValue } from '@backstage/types';
import { SecretKeys } from './SecretKeys';
import { createMark } from './secretMarker';
import { SecretRedactor } from './SecretRedactor';

const mark = createMark('test');
const redactor = SecretRedactor.create({
  keys: SecretKeys.create({ keys: [], allow: [] }),
  mark,
});
const redact = (value: JsonValue, path?: string) =>
  redactor.redactValue(value, path);
/** A marker with any hash. */
const M = expect.stringMatching(/^\[redacted:[0-9a-f]{8}\]$/);

const GITHUB = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

describe('SecretRedactor', () => {
  it('gives equal secrets equal markers, and others under another key', () => {
    const { a, b, c } = redact({
      a: { password: 'x' },
      b: 'run --password x',
      c: { password: 'y' },
    }) as any;
    expect(a.password).toBe(mark('x'));
    expect(b).toBe(`run --password ${mark('x')}`);
    expect(c.password).not.toBe(a.password);
    expect(createMark('other')('x')).not.toBe(mark('x'));
  });

  it('leaves what it has redacted as it is', () => {
    const once = redact({
      password: 'x',
      env: [{ name: 'TOKEN', value: 'y' }],
      text: `password=hunter2, https://jo:pw@example.com/?token=abc ${GITHUB}`,
      body: JSON.stringify({ apiKey: 'z' }),
    });
    expect(redact(once)).toBe(once);
  });

  it('redacts deep, in lists, and in JSON in texts', () => {
    expect(
      redact({
        a: [{ b: { apiKey: 'x', name: 'n' } }],
        body: JSON.stringify({
          inner: JSON.stringify({ token: 'x', id: 5 }),
        }),
        credentials: { username: 'jo', value: 'x', parts: ['y', 7, true] },
        tokens: [{ id: 't1', name: 'ci', value: 'x' }],
      }),
    ).toEqual({
      a: [{ b: { apiKey: M, name: 'n' } }],
      body: JSON.stringify({
        inner: JSON.stringify({ token: mark('x'), id: 5 }),
      }),
      credentials: { username: 'jo', value: M, parts: [M, M, true] },
      tokens: [{ id: 't1', name: 'ci', value: M }],
    });
  });

  it('redacts what stands beside the name of a secret', () => {
    expect(
      redact([
        { name: 'DB_PASSWORD', value: 'x' },
        { field: 'apiKey', oldValue: 'x', new_value: 'y', at: 'noon' },
        { name: 'PORT', value: '80' },
      ]),
    ).toEqual([
      { name: 'DB_PASSWORD', value: M },
      { field: 'apiKey', oldValue: M, new_value: M, at: 'noon' },
      { name: 'PORT', value: '80' },
    ]);
  });

  it('redacts the values of a path that names a secret', () => {
    expect(redact('x', 'spec.env.DB_PASSWORD')).toEqual(M);
    expect(redact({ a: 'x' }, 'credentials')).toEqual({ a: M });
    expect(redact('x', 'spec.token.name')).toBe('x');
  });

  it('keeps what tells nothing: flags, counts, nothing', () => {
    const value = {
      password: '',
      token: null,
      secret: true,
      apiKey: 'false',
      tokens: 3,
      max_tokens: 4096,
      body: '{"tokens":3,"max_tokens":4096,"token":null}',
    };
    expect(redact(value)).toBe(value);
    expect(redact({ pin: 1234 })).toEqual({ pin: M });
  });

  it.each([
    ['https://jo:pw@example.com/x', `https://jo:${mark('pw')}@example.com/x`],
    ['https://jo@example.com:80/@x', 'https://jo@example.com:80/@x'],
    ['redis://:p@w@cache/0', `redis://:${mark('p@w')}@cache/0`],
    [
      'https://x.example/?page=1&token=abc&q=z#t',
      `https://x.example/?page=1&token=${mark('abc')}&q=z#t`,
    ],
    [
      'https://x.example/?sig=0123456789abcdef0123&key=orders',
      `https://x.example/?sig=${mark('0123456789abcdef0123')}&key=orders`,
    ],
    [
      'next=https%3A%2F%2Fx%3Ftoken%3Dabc1',
      `next=https%3A%2F%2Fx%3Ftoken%3D${mark('abc1')}`,
    ],
    [
      'Authorization: Basic am86aHVudGVyMg==',
      `Authorization: Basic ${mark('am86aHVudGVyMg==')}`,
    ],
    ['Basic authentication is off', 'Basic authentication is off'],
    ['Bearer tokens are required', 'Bearer tokens are required'],
    [
      'Password: required. Token: expired',
      'Password: required. Token: expired',
    ],
    ['password: hunter2.', `password: ${mark('hunter2')}.`],
    [
      'Server=db;Password=a,b;Encrypt=true',
      `Server=db;Password=${mark('a,b')};Encrypt=true`,
    ],
    ['user=jo,password=x,port=1', `user=jo,password=${mark('x')},port=1`],
    [`by ${GITHUB}, twice`, `by ${mark(GITHUB)}, twice`],
    [
      'arn:aws:secretsmanager:eu-west-1:1:secret:prod/db-AbC1dE',
      'arn:aws:secretsmanager:eu-west-1:1:secret:prod/db-AbC1dE',
    ],
    // A key that stands there twice: one is lost when it is read as JSON.
    [
      '{"password":"x","password":null}',
      `{"password":"${mark('x')}","password":null}`,
    ],
    // Cut off in the middle.
    ['{"a":1,"password":"hunt', `{"a":1,"password":"${mark('hunt')}`],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
      mark('-----BEGIN RSA PRIVATE KEY-----\nMIIE'),
    ],
  ])('turns %s into %s', (text, expected) => {
    expect(redact({ text })).toEqual({ text: expected });
  });

  it('keeps a key named __proto__ within a text harmless', () => {
    const body = '{"__proto__":{"password":"x"}}';
    expect(redact({ body })).toEqual({ body: body.replace('x', mark('x')) });
    expect(({} as any).password).toBeUndefined();
  });

  const long = (unit: string) => unit.repeat(100_000 / unit.length);
  it.each([
    'a',
    'A',
    '=',
    'a.',
    '--a ',
    'a:',
    'eyJ',
    'eyJa.',
    '//a:b',
    '//a:b@',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    'cookie:',
    'password=',
    '"password":"',
    'token=a,',
    'Basic aaaa ',
    'ghp_',
    '[',
    '{"a":',
    '\\',
    '"\\"',
  ])('finds a secret before, after and beside 100 KB of %j', unit => {
    const text = long(unit);
    for (const value of [
      `${GITHUB} ${text}`,
      `${text} ${GITHUB}`,
      { [text]: GITHUB, password: text, other: [GITHUB] },
    ]) {
      expect(JSON.stringify(redact(value))).not.toContain(GITHUB);
    }
  });

  it('replaces a text with very many secrets as a whole', () => {
    const text = Array.from({ length: 300 }, (_, n) => `token=a${n}`).join(' ');
    expect(redact({ text })).toEqual({ text: mark(text) });
    const body = JSON.stringify({ tokens: Array(5_000).fill('1') });
    expect(redact({ body })).toEqual({ body: mark(body) });
  });

  it('reads JSON that is too deep as a text', () => {
    const deep = `${'['.repeat(9_000)}{"password":"x"}${']'.repeat(9_000)}`;
    expect(redact({ deep })).toEqual({ deep: deep.replace('x', mark('x')) });
  });
});

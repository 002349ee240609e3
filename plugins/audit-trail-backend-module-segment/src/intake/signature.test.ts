import { createHmac } from 'node:crypto';
import { firstElementText, isSignedBy } from './signature';

const secret = 'secret';
const sign = (text: string, algorithm = 'sha1') =>
  createHmac(algorithm, secret).update(text).digest('hex');

describe('firstElementText', () => {
  it.each([
    ['[{"a":1},{"b":2}]', '{"a":1}'],
    [' [\n {"a": "}]\\"[{" } ]', '{"a": "}]\\"[{" }'],
    ['[{"a":[{"b":{}}]}]', '{"a":[{"b":{}}]}'],
    [
      '[{"html":"\\u003cb\\u003e","n":1.0}]',
      '{"html":"\\u003cb\\u003e","n":1.0}',
    ],
    ['[]', undefined],
    ['{"a":1}', undefined],
    ['[5]', undefined],
    ['[{"a":1', undefined],
    ['', undefined],
  ])('%s', (json, expected) => {
    expect(firstElementText(json)).toBe(expected);
  });
});

describe('isSignedBy', () => {
  const body = '{"a":1}';
  const check = (signature: string, text = body) =>
    isSignedBy({ secret, signature, body: Buffer.from(text) });

  it('takes the signature of the body, in any case', () => {
    expect(check(sign(body))).toBe(true);
    expect(check(sign(body).toUpperCase())).toBe(true);
  });

  it('takes the signature of an array’s first event as it is spelled', () => {
    const first = '{"html":"\\u003cb\\u003e","n":1.0}';
    expect(check(sign(first), `[${first}, {"a":1}]`)).toBe(true);
    expect(check(sign('{"a":1}'), `[${first}, {"a":1}]`)).toBe(false);
  });

  it.each([
    ['of another body', sign('{"a":2}')],
    ['of another algorithm', sign(body, 'sha256')],
    ['cut short', sign(body).slice(0, 38)],
    ['longer', `${sign(body)}00`],
    ['no hex', 'z'.repeat(40)],
    ['empty', ''],
  ])('refuses a signature that is %s', (_name, signature) => {
    expect(check(signature)).toBe(false);
  });
});

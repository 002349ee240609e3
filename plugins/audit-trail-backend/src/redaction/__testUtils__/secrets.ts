import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { seededRandom } from '../../__testUtils__/events';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const ALNUM = `${UPPER}${UPPER.toLowerCase()}${DIGITS}`;
const HEX = `${DIGITS}abcdef`;

/** A secret, and where it stands in the details of an event. */
export interface PlantedSecret {
  /** Which way of planting made it; for messages. */
  shape: string;
  secret: string;
  details: JsonObject;
}

/** Secrets in many shapes, the same for the same seed. */
export function plantSecrets(count: number, seed: number): PlantedSecret[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: T[]): T => list[below(list.length)];
  const text = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
  const base64url = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const password = () =>
    `${pick(['hunter', 'Tr0ub4dor', 'correct-horse', 'Winter', 'pa55'])}${pick([
      '!',
      '#',
      '-',
      '_',
      '',
    ])}${text(ALNUM, 3 + below(8))}${below(10)}`;
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  /** Tokens that are known by their form, wherever they stand. */
  const tokens: Record<string, () => string> = {
    github: () => `gh${pick([...'pousr'])}_${text(ALNUM, 36)}`,
    'github, fine-grained': () =>
      `github_pat_${text(ALNUM, 22)}_${text(ALNUM, 59)}`,
    gitlab: () => `glpat-${text(`${ALNUM}_-`, 20)}`,
    'aws key id': () =>
      `${pick(['AKIA', 'ASIA'])}${text(`${UPPER}234567`, 16)}`,
    'aws secret': () => text(`${ALNUM}/+`, 40),
    slack: () =>
      `xox${pick([...'bpars'])}-${text(DIGITS, 12)}-${text(DIGITS, 12)}-${text(
        ALNUM,
        24,
      )}`,
    'slack app': () =>
      `xapp-1-A${text(UPPER, 10)}-${text(DIGITS, 13)}-${text(HEX, 64)}`,
    jwt: () => {
      const body = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({
        sub: text(ALNUM, 8),
        iat: below(1e9),
      })}`;
      const signature = createHmac('sha256', text(ALNUM, 8)).update(body);
      return `${body}.${signature.digest('base64url')}`;
    },
    google: () => `AIza${text(`${ALNUM}_-`, 35)}`,
    stripe: () => `${pick(['sk', 'rk'])}_live_${text(ALNUM, 24)}`,
    npm: () => `npm_${text(ALNUM, 36)}`,
    segment: () => `sgp_${text(ALNUM, 64)}`,
    sendgrid: () => `SG.${text(ALNUM, 22)}.${text(`${ALNUM}_-`, 43)}`,
  };

  /** Secrets of no form, that something beside them names. */
  const opaque = () =>
    pick([
      password,
      () => text(ALNUM, 32),
      () => text(HEX, 40),
      () => text(DIGITS, 8),
      () => Buffer.from(text(ALNUM, 24)).toString('base64'),
    ])();
  const key = () =>
    pick([
      'password',
      'Password',
      'passwd',
      'db_password',
      'DB_PASS',
      'newPassword',
      'mysqlpassword',
      'secret',
      'client_secret',
      'clientSecret',
      'CLIENT-SECRET',
      'apiKey',
      'api_key',
      'APIKey',
      'x-api-key',
      'apikey',
      'accessToken',
      'access_token',
      'refreshtoken',
      'token',
      'GITHUB_TOKEN',
      'writeKey',
      'write_key',
      'aws_secret_access_key',
      'privateKey',
      'authorization',
      'credentials',
      'encryptionKey',
      'sessionId',
      'passphrase',
      'webhookSecret',
    ]);
  const textKey = () =>
    pick(['password', 'api_key', 'token', 'client_secret', 'AWS_SECRET_KEY']);

  type Plant = (secret: string) => JsonObject;
  const places: Plant[] = [
    secret => ({ note: secret }),
    secret => ({ note: `Deployed with ${secret}, by hand.` }),
    secret => ({ a: { list: [1, { b: ['x', secret] }] } }),
    secret => ({ body: JSON.stringify({ a: [{ text: secret }] }) }),
    secret => ({
      body: JSON.stringify({ inner: JSON.stringify({ a: secret }) }),
    }),
    secret => ({ log: `line one\nexport VALUE=${secret}\nline three` }),
    secret => ({ link: `https://example.com/x?ref=${secret}&page=2` }),
    secret => ({ [secret]: { uses: 3 } }),
  ];
  const namedPlaces: Record<string, Plant> = {
    key: secret => ({ [key()]: secret }),
    'deep key': secret => ({ a: { list: [1, { [key()]: secret }] } }),
    'list under a key': secret => ({ tokens: ['x', secret] }),
    'object under a key': secret => ({
      credentials: { username: 'jo', value: secret },
    }),
    'name and value': secret => ({
      env: [
        { name: 'PORT', value: '1' },
        { name: key(), value: secret },
      ],
    }),
    'JSON text': secret => ({ body: JSON.stringify({ [key()]: secret }) }),
    'JSON text in JSON text': secret => ({
      body: JSON.stringify({ b: JSON.stringify({ c: { [key()]: secret } }) }),
    }),
    'formatted JSON text': secret => ({
      body: JSON.stringify([{ [key()]: secret }], undefined, 2),
    }),
    'JSON in a sentence': secret => ({
      message: `Request failed: ${JSON.stringify({
        [textKey()]: secret,
      })} (400)`,
    }),
    'cut JSON': secret => ({
      message: `${JSON.stringify({ a: 1, [textKey()]: secret, b: 2 }).slice(
        0,
        -4,
      )}…`,
    }),
    assignment: secret => ({ command: `run --verbose ${textKey()}=${secret}` }),
    flag: secret => ({ command: `cli login --${textKey()} ${secret} --now` }),
    yaml: secret => ({ file: `user: jo\n${textKey()}: "${secret}"\nport: 1` }),
    query: secret => ({
      url: `https://example.com/cb?x=1&${pick([
        'token',
        'access_token',
        'api_key',
      ])}=${encodeURIComponent(secret)}#top`,
    }),
    'URL credentials': secret => ({
      url: `${pick(['https', 'postgres', 'amqp'])}://jo:${encodeURIComponent(
        secret,
      )}@host.example.com:5432/db`,
    }),
    'connection string': secret => ({
      value: `Server=db;User Id=sa;Password=${secret};Encrypt=true`,
    }),
  };
  const whole: Record<string, () => [string, JsonObject]> = {
    pem: () => {
      const secret = pem.split('\n')[1];
      return [secret, { file: pick([pem, `x\n${pem}\ny`, pem.slice(0, 120)]) }];
    },
    basic: () => {
      const secret = Buffer.from(`jo:${password()}`).toString('base64');
      return [secret, { header: `Basic ${secret}` }];
    },
    bearer: () => {
      const secret = text(ALNUM, 20 + below(20));
      return [secret, { curl: `curl -H "Authorization: Bearer ${secret}" x` }];
    },
    cookie: () => {
      const secret = text(HEX, 32);
      return [secret, { headers: `Accept: */*\nCookie: a=1; sid=${secret}` }];
    },
    'slack webhook': () => {
      const secret = text(ALNUM, 24);
      const url = `https://hooks.slack.com/services/T${text(UPPER, 8)}/B${text(
        UPPER,
        8,
      )}/${secret}`;
      return [secret, { target: url }];
    },
    'signed URL': () => {
      const secret = text(HEX, 64);
      return [
        secret,
        { link: `https://s3.example.com/o?X-Amz-Signature=${secret}` },
      ];
    },
  };

  return Array.from({ length: count }, (_, at): PlantedSecret => {
    const kind = at % 3;
    if (kind === 0) {
      const shape = pick(Object.keys(tokens));
      const secret = tokens[shape]();
      return { shape, secret, details: pick(places)(secret) };
    }
    if (kind === 1 || random() < 0.4) {
      const shape = pick(Object.keys(namedPlaces));
      const secret = opaque();
      return { shape, secret, details: namedPlaces[shape](secret) };
    }
    const shape = pick(Object.keys(whole));
    const [secret, details] = whole[shape]();
    return { shape, secret, details };
  });
}

import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
// The demo's own sample deliveries, which are no part of what is published.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { sampleDeliveries } from '../../../../../examples/segment/sampleDeliveries.mjs';
import { seededRandom } from '../../__testUtils__/events';
import { RECORDED_DELIVERIES } from '../../__testUtils__/segment';

const pick = <T>(random: () => number, list: T[]): T =>
  list[Math.floor(random() * list.length)];
const hash = (random: () => number, algorithm: string) =>
  createHash(algorithm).update(String(random()));
const uuid = (random: () => number) =>
  hash(random, 'md5')
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const id = (random: () => number, length: number) =>
  hash(random, 'sha512')
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length);

const WORDS =
  `access account added admin after all audit basic bearer before branch build
  by card changed channel cloud component connected cookie credentials customer
  daily database default deleted deployed destination disabled during email
  enabled event expired failed filter for from group has in invited is job key
  keys label logged member new not of on orders owner page password pipeline
  plan policy production project pull report request required reset reviewed
  role rotated rule run scheduled secret sent service session shop source space
  staging synced team the to token tokens tracking updated user using version
  view warehouse was web with without workspace`
    .trim()
    .split(/\s+/);
const sentence = (random: () => number) => {
  const words = Array.from({ length: 4 + Math.floor(random() * 16) }, () =>
    pick(random, WORDS),
  );
  const [first, ...others] = words;
  const marks = ['', '', '', ',', ':', ';', '.'];
  return `${first[0].toUpperCase()}${first.slice(1)} ${others
    .map(word => word + pick(random, marks))
    .join(' ')}.`;
};
const url = (random: () => number) =>
  pick(random, [
    `https://example.com/orders/${uuid(random)}?page=${Math.floor(
      random() * 90,
    )}&sort=name`,
    `https://github.com/acme/shop/commit/${hash(random, 'sha1').digest('hex')}`,
    `https://example.com:8443/a/b?key=orders&code=404&state=open#section-2`,
    `ssh://git@example.com/acme/${pick(random, WORDS)}.git`,
    `https://app.segment.com/acme/sources/${id(random, 10)}/overview`,
    `postgres://readonly@db.example.com:5432/orders`,
    `https://cdn.example.com/assets/${id(random, 8)}.min.js?v=${id(random, 6)}`,
  ]);

/** Ordinary details of a portal's events, of several kinds. */
const KINDS: ((random: () => number) => JsonObject)[] = [
  random => ({ description: sentence(random), note: sentence(random) }),
  random => ({
    id: uuid(random),
    correlation: uuid(random),
    sha1: hash(random, 'sha1').digest('hex'),
    digest: `sha256:${hash(random, 'sha256').digest('hex')}`,
    integrity: `sha512-${hash(random, 'sha512').digest('base64')}`,
    checksum: hash(random, 'sha256').digest('base64'),
    short: id(random, 10),
    ksuid: id(random, 27),
  }),
  random => ({ url: url(random), links: [url(random), url(random)] }),
  random => ({
    tokenId: id(random, 12),
    tokenName: 'deploy token',
    token_type: 'Bearer',
    tokenExpiresAt: '2026-05-01T00:00:00Z',
    keyId: id(random, 12),
    key: pick(random, WORDS),
    primaryKey: 'order_id',
    public_key: `ssh-ed25519 AAAA${id(random, 60)} jo@example.com`,
    tokens_used: 1500,
    max_tokens: 4096,
    tokens: 12,
    nextPageToken: id(random, 20),
    secretName: 'orders-db',
    secretRef: { name: 'orders-db', namespace: 'shop' },
    hasPassword: true,
    password_changed_at: '2026-01-01',
    passwordPolicy: { minLength: 12, expires: '90d' },
    passwordless: 'yes',
    secretary: 'Jo Miller',
    cookie_consent: 'granted',
    author: 'jo',
    authentication: 'saml',
    monkey: 'banana',
    compass: 'north',
  }),
  random => ({
    tracking_plan_id: `tp_${id(random, 27)}`,
    tracking_plan_connected: 'true',
    arn: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/orders-${id(
      random,
      6,
    )}`,
    role: `arn:aws:iam::123456789012:role/${pick(random, WORDS)}`,
    subject: `tokens/${id(random, 10)}`,
    action: pick(random, ['token:create', 'secret:read', 'key.rotated']),
    entityRef: `component:default/${pick(random, WORDS)}`,
    changedFields: ['password', 'email', 'token'],
    image: `images.example.com/acme/shop@sha256:${hash(random, 'sha256').digest(
      'hex',
    )}`,
  }),
  random => ({
    payload: JSON.stringify({
      id: uuid(random),
      text: sentence(random),
      tokenId: id(random, 8),
      total_tokens: 77,
    }),
    query: 'SELECT id, name FROM orders WHERE token_id = 7 AND state = $1',
    command: `yarn test --watch=false --maxWorkers 2 --token-type jwt`,
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    reason: 'Basic authentication is off: Bearer tokens are required',
    diff: '- replicas: 2\n+ replicas: 3',
    steps: ['Token: expired', 'Password: required', 'cookie: accepted'],
    email: 'jo.miller@example.com',
    ip: '2001:db8::1',
    at: '2026-03-01T10:00:00.000Z',
  }),
];

/** Details of events of which none holds a secret. */
export function cleanDetails(count: number, seed: number): JsonObject[] {
  const deliveries = [
    ...Object.values(RECORDED_DELIVERIES),
    ...sampleDeliveries({ now: '2026-03-01T10:00:00Z', count: 3_000 }),
  ].map(({ properties }) => properties.details as JsonObject);
  const made = Array.from({ length: count - deliveries.length }, (_, at) =>
    KINDS[at % KINDS.length](seededRandom(seed + at)),
  );
  return [...deliveries, ...made];
}

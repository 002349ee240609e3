import type { JsonObject } from '@backstage/types';

/** Twenty secrets, each in a place where it can come from. */
export const PLANTED: [secret: string, details: JsonObject][] = [
  ['hunter2-planted-01', { password: 'hunter2-planted-01' }],
  ['planted-02-client', { oauth: { clientSecret: 'planted-02-client' } }],
  ['planted03apikey', { list: [{ API_KEY: 'planted03apikey' }] }],
  ['wk-planted-04', { source: { write_key: 'wk-planted-04' } }],
  [
    'ghp_planted05abcdefghijABCDEFGHIJ0123456',
    { note: 'used ghp_planted05abcdefghijABCDEFGHIJ0123456 once' },
  ],
  ['AKIAPLANTED26ABCDEFG', { text: 'key AKIAPLANTED26ABCDEFG' }],
  [
    'xoxb-100000000007-planted07abcdef',
    { slack: ['xoxb-100000000007-planted07abcdef'] },
  ],
  [
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkMDgifQ.c2lnbmF0dXJlLTA4',
    {
      jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkMDgifQ.c2lnbmF0dXJlLTA4',
    },
  ],
  ['pw-planted-09', { url: 'postgres://jo:pw-planted-09@db.example.com/x' }],
  [
    'tok-planted-10-abcdef',
    { link: 'https://x.example.com/a?access_token=tok-planted-10-abcdef' },
  ],
  ['planted-11-basic', { header: 'Authorization: Bearer planted-11-basic' }],
  ['planted-12-inner', { body: '{"a":{"secretKey":"planted-12-inner"}}' }],
  [
    'planted-13-value',
    { env: [{ name: 'DB_PASSWORD', value: 'planted-13-value' }] },
  ],
  ['planted-14-cli', { command: 'deploy --token planted-14-cli --fast' }],
  [
    'planted-15-cookie',
    { request: { headers: { cookie: 'planted-15-cookie' } } },
  ],
  ['planted-16-assign', { log: 'password=planted-16-assign failed' }],
  ['planted-17-partner', { partnerCode: 'planted-17-partner' }],
  ['planted-18-session', { sessionId: 'planted-18-session' }],
  ['planted-19-private', { privateKey: 'planted-19-private' }],
  [
    'PLANTED20MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    {
      pem: '-----BEGIN PRIVATE KEY-----\nPLANTED20MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----',
    },
  ],
];

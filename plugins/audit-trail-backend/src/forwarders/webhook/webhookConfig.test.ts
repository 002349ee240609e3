import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { createWebhookForwarderFactory } from './createWebhookForwarderFactory';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const VALID = { url: 'https://hooks.example.com/audit', secrets: [SECRET] };
const SECTION = 'auditTrail.forwarding.destinations.archive';

const create = (destination: JsonObject) =>
  createWebhookForwarderFactory({
    allowedHosts: ['hooks.example.com', '127.0.0.1', '169.254.169.254'],
  }).create({
    destinationId: 'archive',
    config: new ConfigReader(destination),
    logger: mockServices.logger.mock(),
    eventUrl: id => `https://portal.example.com/audit-trail/events/${id}`,
  });

function faultOf(destination: JsonObject): Error {
  try {
    create(destination);
  } catch (error) {
    return error as Error;
  }
  throw new Error('There is no fault');
}

describe('webhookConfig', () => {
  it('has defaults', () => {
    expect(create(VALID).limits).toEqual({ maxEvents: 100 });
  });

  it('takes what stands in the environment', () => {
    const { limits } = create({
      ...VALID,
      url: 'http://127.0.0.1:8080/audit',
      allowPrivateAddresses: 'true',
      maxEvents: '7',
    });
    expect(limits).toEqual({ maxEvents: 7 });
  });

  it.each<[string, JsonObject]>([
    ['format', { format: 'ndjson' }],
    ['format', { format: 'cloudevents' }],
    ['secrets', { secrets: [SECRET, `whsec_${'A'.repeat(32)}`] }],
    ['headers', { headers: { Authorization: 'Bearer a b=', 'X-Tenant': '7' } }],
    ['other keys', { title: 'Archive', type: 'webhook', enabled: false }],
  ])('takes %s', (_, settings) => {
    expect(create({ ...VALID, ...settings })).toBeDefined();
  });

  it.each<[string, JsonObject]>([
    ['.url', { url: 7 }],
    ['.url', { url: '' }],
    ['.url', { url: 'https://evil.example/seCret' }],
    ['.url', { url: 'https://seCret:seCret@hooks.example.com/' }],
    ['.url', { url: 'http://hooks.example.com/seCret' }],
    ['.url', { url: 'https://127.0.0.1/seCret' }],
    ['.url', { url: 'http://127.0.0.1/seCret' }],
    ['.url', { url: 'http://169.254.169.254/', allowPrivateAddresses: true }],
    ['.format', { format: 'xml' }],
    ['.secrets', { secrets: [] }],
    ['.secrets', { secrets: 'seCret' }],
    ['.secrets[1]', { secrets: [SECRET, 'seCret'] }],
    ['.secrets[0]', { secrets: [SECRET.replace('whsec_', '')] }],
    ['.secrets[0]', { secrets: ['whsec_'] }],
    ['.secrets[0]', { secrets: [`whsec_${'A'.repeat(31)}`] }],
    ['.secrets[0]', { secrets: [`whsec_${'A'.repeat(28)}`] }],
    ['.secrets[0]', { secrets: [`whsec_${'A'.repeat(88)}`] }],
    ['.secrets[0]', { secrets: [`${SECRET} `] }],
    ['.secrets[0]', { secrets: [`whsec_${'_'.repeat(32)}`] }],
    ['.headers', { headers: 'seCret' }],
    ['.headers.X-A', { headers: { 'X-A': 'seCret\r\nX-B: c' } }],
    ['.headers.X-A', { headers: { 'X-A': 'seCret\u0000' } }],
    ['.headers.X-A', { headers: { 'X-A': 'seCrét' } }],
    ['.headers.X-A', { headers: { 'X-A': ' seCret' } }],
    ['.headers.X-A', { headers: { 'X-A': '' } }],
    ['.headers.X A', { headers: { 'X A': 'seCret' } }],
    ['.headers.X-A:', { headers: { 'X-A:': 'seCret' } }],
    ['.headers.Webhook-Id', { headers: { 'Webhook-Id': 'seCret' } }],
    [
      '.headers.webhook-signature',
      { headers: { 'webhook-signature': 'seCret' } },
    ],
    ['.headers.Host', { headers: { Host: 'evil.example' } }],
    ['.headers.Content-Length', { headers: { 'Content-Length': '1' } }],
    ['.headers.Content-Type', { headers: { 'Content-Type': 'text/html' } }],
    [
      '.headers.Transfer-Encoding',
      { headers: { 'Transfer-Encoding': 'chunked' } },
    ],
    ['.headers.audit-trail-test', { headers: { 'audit-trail-test': 'true' } }],
    ['.maxEvents', { maxEvents: 0 }],
    ['.maxEvents', { maxEvents: 1001 }],
    ['.maxEvents', { maxEvents: 1.5 }],
    ['.maxEvents', { maxEvents: 'many' }],
    ['.allowPrivateAddresses', { allowPrivateAddresses: 'perhaps' }],
  ])('names %s in %j and quotes no value', (key, settings) => {
    const { name, message } = faultOf({ ...VALID, ...settings });
    expect(name).toBe('InputError');
    expect(message.startsWith(`${SECTION}${key}: `)).toBe(true);
    expect(message).not.toMatch(/seCr|evil|AAA/);
  });

  it.each(['url', 'secrets'] as const)('names %s if it is missing', key => {
    const { [key]: _, ...rest } = VALID;
    expect(faultOf(rest)).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(`^${SECTION}\\.${key}: `),
    });
  });

  it.each<[JsonObject, string]>([
    [
      { headers: { Host: 'a' } },
      'headers.Host: is a header that cannot be set',
    ],
    [{ headers: { 'X:': 'a' } }, 'headers.X:: is not the name of a header'],
    [
      { allowPrivateAddresses: 'perhaps' },
      'allowPrivateAddresses: must be true or false',
    ],
  ])('says what is wrong with %j', (settings, message) => {
    expect(faultOf({ ...VALID, ...settings }).message).toBe(
      `${SECTION}.${message}`,
    );
  });

  it('names all keys that are wrong', () => {
    const { message } = faultOf({ format: 'xml', secrets: [] });
    for (const key of ['url', 'format', 'secrets']) {
      expect(message).toContain(`${SECTION}.${key}: `);
    }
  });

  it('names an allowed host that is none', () => {
    expect(() =>
      createWebhookForwarderFactory({ allowedHosts: ['https://a.b/'] }),
    ).toThrow(/^auditTrail\.forwarding\.allowedHosts\[0\]: must be a host/);
  });

  it('allows no host by itself', () => {
    expect(() =>
      createWebhookForwarderFactory({ allowedHosts: [] }).create({
        destinationId: 'archive',
        config: new ConfigReader(VALID),
        logger: mockServices.logger.mock(),
        eventUrl: id => id,
      }),
    ).toThrow(
      `${SECTION}.url: its host is not among auditTrail.forwarding.allowedHosts`,
    );
  });
});

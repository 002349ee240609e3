import { preloading } from './preloading.mjs';

/** The destinations of a run, by the names they have in app-config. */
export const DESTINATIONS = ['webhook', 'segment', 'slack'];

/** Everything but what the portal itself does with the trail. */
const FILTER = { 'not.category': ['audit-trail'] };

const SECRET = `whsec_${Buffer.from('a secret of the fault run').toString(
  'base64',
)}`;

/**
 * Settings of one life of a process, on top of those of the benchmark's
 * backend. Each life has addresses and a write key of its own, by which the
 * receivers tell who calls.
 */
export function environmentOfLife({ life, receivers, batch, database }) {
  const settings = {
    // Part of what Segment's message ids are made from; the same for all.
    app_baseUrl: 'http://portal.localhost',
    auditTrail_forwarding: {
      allowedHosts: ['127.0.0.1'],
      destinations: {
        webhook: {
          type: 'webhook',
          url: `${receivers.webhooksUrl}/webhook/${life}`,
          allowPrivateAddresses: true,
          secrets: [SECRET],
          maxEvents: batch,
          filter: FILTER,
        },
        segment: {
          type: 'segment-source',
          endpoint: receivers.segmentUrl,
          writeKey: life,
          maxEvents: batch,
          filter: FILTER,
        },
        slack: {
          type: 'slack',
          webhookUrl: `${receivers.webhooksUrl}/slack/${life}`,
          allowPrivateAddresses: true,
          minIntervalMs: 50,
          maxEvents: batch,
          filter: FILTER,
        },
      },
    },
    ...(database.directory && {
      backend_database: {
        client: 'better-sqlite3',
        connection: { directory: database.directory },
      },
    }),
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** Settings of a backend whose destinations are webhooks, by their names. */
export function webhookEnvironment(urls) {
  const destinations = Object.fromEntries(
    Object.entries(urls).map(([id, url]) => [
      id,
      {
        type: 'webhook',
        url,
        allowPrivateAddresses: true,
        secrets: [SECRET],
        filter: FILTER,
      },
    ]),
  );
  const forwarding = { allowedHosts: ['127.0.0.1'], destinations };
  return { APP_CONFIG_auditTrail_forwarding: JSON.stringify(forwarding) };
}

/** What makes a backend of the control: it acknowledges before it delivers. */
export const controlEnvironment = () => preloading('acknowledgeFirst.cjs');

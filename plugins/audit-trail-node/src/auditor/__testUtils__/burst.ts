import { writeSync } from 'node:fs';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { ConfigReader } from '@backstage/config';
import { TrailClient } from '../../recorder/TrailClient';
import { AuditedEvent } from '../AuditedEvent';
import { RootAuditor } from '../RootAuditor';

/*
 * A process that audits as fast as it can, to be killed while it does. It says
 * on its standard output, line by line, what has been handed over.
 */
const PLUGIN = 'catalog';

const say = (what: string, number: number) =>
  writeSync(1, `${what} ${number}\n`);

const silent = () => {};
const logger: LoggerService = {
  debug: silent,
  info: silent,
  warn: silent,
  error: message => process.stderr.write(`${message}\n`),
  child: () => logger,
};

const metrics = {
  createCounter: () => ({ add: silent }),
} as unknown as MetricsService;

async function main() {
  const [url, directory, first, count] = process.argv.slice(2);
  const root = await RootAuditor.start({
    config: new ConfigReader({
      auditTrail: { auditor: { spool: { directory } } },
    }),
    logger,
  });
  const plugin = root.forPlugin(PLUGIN, {
    client: TrailClient.create({
      auth: {
        getOwnServiceCredentials: async () => ({}),
        getPluginRequestToken: async () => ({
          token:
            'mock-service-token:{"sub":"plugin:catalog","target":"audit-trail"}',
        }),
      } as unknown as AuthService,
      discovery: {
        getBaseUrl: async () => url,
        getExternalBaseUrl: async () => url,
      },
    }),
    metrics,
  });
  let next = Number(first);
  const end = next + Number(count);
  say('ready', process.pid);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (next < end) {
        const number = next++;
        const meta = { number, entityRef: 'component:default/shop' };
        const use = await plugin.begin(
          AuditedEvent.begin({
            plugin: PLUGIN,
            event: 'entity-mutate',
            severity: 'medium',
            actor: { type: 'service', id: 'plugin:burst' },
            meta,
          }),
        );
        say('begun', number);
        await use?.end({ status: 'succeeded', meta });
        say('ended', number);
      }
    }),
  );
  say('done', 0);
  // Waits to be killed.
  setInterval(silent, 1_000);
}

main();

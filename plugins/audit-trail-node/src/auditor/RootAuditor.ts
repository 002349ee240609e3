import { randomUUID } from 'node:crypto';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import type { TrailClient } from '../recorder/TrailClient';
import type { EventRedactor } from '../redaction/EventRedactor';
import { AuditorRules } from './AuditorRules';
import { AuditorSender } from './AuditorSender';
import { createRedactor } from './createRedactor';
import { PluginAuditor } from './PluginAuditor';
import { readAuditorConfig } from './readAuditorConfig';
import { Spool } from './spool/Spool';
import { SpoolFolder } from './spool/SpoolFolder';

/** So long the end of the process waits for what is on its way. */
const FLUSH_MS = 5_000;
/** What is lost within this time is told in one event. */
const TELL_MS = 1_000;

/** What could not be kept of a plugin, for one reason. */
interface Loss {
  plugin: string;
  reason: string;
  count: number;
  from: Date;
}

/** What the auditors of all plugins of a backend share: spool and sender. */
export class RootAuditor {
  readonly #logger: LoggerService;
  readonly #losses = new Map<string, Loss>();
  readonly #lost = new Map<
    string,
    MetricsServiceCounter<{ plugin: string; reason: string }>
  >();
  readonly #redactor: EventRedactor;
  readonly #rules: AuditorRules;
  #sender!: AuditorSender;
  #spool!: Spool;
  #telling?: NodeJS.Timeout;

  /** @throws `Error` that names the key if the configuration is faulty */
  static async start(options: {
    config: RootConfigService;
    logger: LoggerService;
  }): Promise<RootAuditor> {
    const logger = options.logger.child({ service: 'audit-trail-auditor' });
    const root = new RootAuditor(options.config, logger);
    const config = readAuditorConfig(options.config);
    const folder = await SpoolFolder.open(config.folder);
    root.#spool = await Spool.open({
      folder,
      logger,
      maxBytes: config.maxBytes,
      onLost: (plugin, reason) => root.#lose(plugin, reason),
      onAppended: () => root.#sender?.wake(),
    });
    root.#sender = AuditorSender.create({
      folder,
      logger,
      outcomeTimeoutMs: config.outcomeTimeoutMs,
      spool: root.#spool,
      onRefused: plugin => root.#lose(plugin, 'refused'),
    });
    return root;
  }

  private constructor(config: RootConfigService, logger: LoggerService) {
    this.#logger = logger;
    this.#redactor = createRedactor(config);
    this.#rules = AuditorRules.fromConfig(config);
  }

  /** The auditor's way to the trail for one plugin. */
  forPlugin(
    plugin: string,
    options: { client: TrailClient; metrics: MetricsService },
  ): PluginAuditor {
    this.#lost.set(
      plugin,
      options.metrics.createCounter('audit_trail.auditor.lost', {
        description: 'Audited events that could not be kept, by reason',
        unit: '{event}',
      }),
    );
    this.#sender.addPlugin(plugin, options.client);
    return PluginAuditor.create({
      metrics: options.metrics,
      plugin,
      redactor: this.#redactor,
      rules: this.#rules,
      spool: this.#spool,
    });
  }

  /** Sends what is there, as far as that goes quickly. */
  async flush(): Promise<void> {
    clearTimeout(this.#telling);
    this.#tell();
    await this.#spool.written();
    await this.#sender.flush(FLUSH_MS);
  }

  /** Ends. What is not sent stays for the next process. */
  async stop(): Promise<void> {
    await this.#sender.stop();
    await this.#spool.close();
  }

  #lose(plugin: string, reason: string): void {
    this.#lost.get(plugin)?.add(1, { plugin, reason });
    const key = `${plugin} ${reason}`;
    const loss = this.#losses.get(key);
    if (loss) {
      loss.count++;
    } else {
      this.#losses.set(key, { plugin, reason, count: 1, from: new Date() });
    }
    if (!this.#telling) {
      this.#telling = setTimeout(() => this.#tell(), TELL_MS);
      this.#telling.unref();
    }
  }

  /** Tells in the log and in the trail itself what was lost. */
  #tell(): void {
    this.#telling = undefined;
    for (const { plugin, reason, count, from } of this.#losses.values()) {
      this.#logger.error(
        `${count} audited events of ${plugin} are lost to the Audit Trail (${reason}) since ${from.toISOString()}`,
      );
      const id = randomUUID();
      this.#spool
        .append({
          kind: 'ended',
          id,
          plugin,
          event: {
            sourceEventId: id,
            type: 'audit-trail.events-lost',
            occurredAt: from.toISOString(),
            outcome: 'failed',
            severity: 'critical',
            actor: { type: 'service', id: `plugin:${plugin}` },
            resource: {
              key: 'backstage:audit-trail:events',
              name: 'Audit Trail',
            },
            resources: [`backstage:plugin:${plugin}`],
            details: {
              count,
              reason,
              plugin,
              until: new Date().toISOString(),
            },
          },
        })
        .catch(error => this.#logger.error('A loss cannot be told', error));
    }
    this.#losses.clear();
  }
}

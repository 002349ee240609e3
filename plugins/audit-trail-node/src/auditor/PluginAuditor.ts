import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import type { EventRedactor } from '../redaction/EventRedactor';
import type { AuditedEvent, EndedUse } from './AuditedEvent';
import type { AuditorRules } from './AuditorRules';
import { requestPath } from './requestPath';
import type { Spool } from './spool/Spool';
import type { SpoolRecord } from './spool/SpoolRecord';

/**
 * How long what is audited waits to be handed over. Beyond that it goes on, and
 * the event is handed over as soon as can be.
 */
export const HAND_OVER_MS = 100;

/** Hands over what one plugin audits. */
export class PluginAuditor {
  readonly #plugin: string;
  readonly #redactor: EventRedactor;
  readonly #rules: AuditorRules;
  readonly #spool: Spool;
  readonly #late: MetricsServiceCounter;

  static create(options: {
    metrics: MetricsService;
    plugin: string;
    redactor: EventRedactor;
    rules: AuditorRules;
    spool: Spool;
  }): PluginAuditor {
    return new PluginAuditor(options);
  }

  private constructor(options: Parameters<typeof PluginAuditor.create>[0]) {
    this.#plugin = options.plugin;
    this.#redactor = options.redactor;
    this.#rules = options.rules;
    this.#spool = options.spool;
    this.#late = options.metrics.createCounter('audit_trail.auditor.late', {
      description: `Audited uses that went on after ${HAND_OVER_MS} ms, before they were handed over`,
      unit: '{event}',
    });
  }

  /**
   * Hands over what begins, if the rules let it through.
   *
   * @returns what hands over how it ends
   */
  async begin(
    event: AuditedEvent,
  ): Promise<{ end(end: EndedUse): Promise<void> } | undefined> {
    const { use } = event;
    const keep = this.#rules.keeps({
      plugin: use.plugin,
      event: use.event,
      actor: use.actor.id,
      severity: use.severity,
      method: use.request?.method,
      path: use.request && requestPath(use.request),
    });
    if (!keep) {
      return undefined;
    }
    const write = async (record: SpoolRecord) => this.#write(record, event);
    await write({
      kind: 'begun',
      id: event.id,
      plugin: this.#plugin,
      event: event.begun(this.#redactor),
    });
    return {
      end: async end =>
        write({
          kind: 'ended',
          id: event.id,
          plugin: this.#plugin,
          event: event.ended(end, this.#redactor),
        }),
    };
  }

  async #write(record: SpoolRecord, event: AuditedEvent): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const written = this.#spool.append(record, event);
    const waited = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), HAND_OVER_MS);
    });
    if ((await Promise.race([written, waited])) === 'late') {
      this.#late.add(1);
    }
    clearTimeout(timer);
  }
}

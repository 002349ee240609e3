import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type {
  AuditEventActor,
  AuditEventSeverity,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from '../AuditEventInput';
import type { EventRedactor } from '../redaction/EventRedactor';
import { auditedResources } from './auditedResources';
import { identifyingMeta } from './identifyingMeta';
import { requestPath } from './requestPath';

/** What a plugin tells the auditor when something begins. */
export interface BegunUse {
  plugin: string;
  event: string;
  severity: AuditEventSeverity;
  actor: AuditEventActor;
  request?: { url: string; method: string };
  meta?: JsonObject;
}

/** How it ended. */
export interface EndedUse {
  status: 'initiated' | 'succeeded' | 'failed';
  error?: Error;
  meta?: JsonObject;
}

/** Most characters of one value of `meta` as JSON. */
const MAX_VALUE_LENGTH = 4_000;
/** Most characters of what is audited. */
const MAX_META_LENGTH = 12_000;

/** Cuts what would make an event too large for the trail. */
function cutMeta(meta: JsonObject): JsonObject | undefined {
  let left = MAX_META_LENGTH;
  const entries = Object.entries(meta).flatMap(([key, value]) => {
    const length = JSON.stringify(value)?.length;
    if (length === undefined) {
      return [];
    }
    left -= key.length + Math.min(length, MAX_VALUE_LENGTH);
    if (left < 0) {
      return [];
    }
    return length > MAX_VALUE_LENGTH
      ? [[key, `[cut: ${length} characters]`]]
      : [[key, value]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** One use of the auditor on its way to an event of the trail. */
export class AuditedEvent {
  /** The same for what began and for how it ended. */
  readonly id = randomUUID();
  readonly use: BegunUse;
  /** Whether it has been sent as begun, so that its end is another event. */
  late = false;
  /** Bytes of the spool that are kept free for how it ends. */
  reserved = 0;
  /** Whether it has ended, though that may not be written yet. */
  over = false;
  readonly #occurredAt = new Date();
  readonly #startedAt = performance.now();

  static begin(use: BegunUse): AuditedEvent {
    return new AuditedEvent(use);
  }

  private constructor(use: BegunUse) {
    this.use = use;
  }

  /** The event as it began, without secrets. */
  begun(redactor: EventRedactor): AuditEventInput {
    return this.#input(redactor, { status: 'initiated', meta: this.use.meta });
  }

  /** The event with its outcome, without secrets. */
  ended(end: EndedUse, redactor: EventRedactor): AuditEventInput {
    return this.#input(redactor, end, {
      durationMs: Math.round(performance.now() - this.#startedAt),
    });
  }

  #input(
    redactor: EventRedactor,
    end: EndedUse,
    more: JsonObject = {},
  ): AuditEventInput {
    const { plugin, event, severity, actor, request } = this.use;
    const meta = end.meta ?? {};
    const cut = cutMeta(meta);
    return redactor.redact({
      sourceEventId:
        this.late && end.status !== 'initiated' ? `${this.id}:end` : this.id,
      type: `${plugin}.${event}`,
      occurredAt: this.#occurredAt.toISOString(),
      outcome: end.status,
      actor,
      severity,
      correlationId: this.id,
      // Ids are not redacted, as events are found by them.
      ...auditedResources({
        plugin,
        event,
        meta: identifyingMeta(meta, redactor),
      }),
      details: {
        ...(cut && { meta: cut }),
        ...(request && {
          request: { method: request.method, path: requestPath(request) },
        }),
        ...(end.error && { error: { name: String(end.error.name) } }),
        ...more,
      },
    });
  }
}

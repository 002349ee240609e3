import { randomBytes } from 'node:crypto';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import type { RedactionConfig } from '../config';
import type { DatabaseSettingsStore } from '../database/DatabaseSettingsStore';
import { SecretKeys } from './SecretKeys';
import { createMark } from './secretMarker';
import { SecretRedactor } from './SecretRedactor';

/**
 * Replaces the secrets in events by markers.
 *
 * @remarks
 *
 * Equal secrets have equal markers, on all replicas and after a restart: the
 * key of the markers stands in the database. Ids and resource keys are left as
 * they are, as events are found by them.
 */
export class EventRedactor {
  readonly #redactor: SecretRedactor;

  static async create(options: {
    config: RedactionConfig;
    settings: DatabaseSettingsStore;
  }): Promise<EventRedactor> {
    const initial = randomBytes(32).toString('base64url');
    const key = await options.settings.getOrCreate('redaction-key', initial);
    return new EventRedactor(
      SecretRedactor.create({
        keys: SecretKeys.create(options.config),
        mark: createMark(key),
      }),
    );
  }

  private constructor(redactor: SecretRedactor) {
    this.#redactor = redactor;
  }

  /** Replaces the secrets in an event. */
  redact(event: AuditEventInput): AuditEventInput {
    const { changes, details } = event;
    return {
      ...this.redactTexts(event),
      ...(changes && {
        changes: changes.map(({ path, before, after, ...rest }) => ({
          ...rest,
          path: this.#redactor.redactText(path),
          ...(before !== undefined && {
            before: this.#redactor.redactValue(before, path),
          }),
          ...(after !== undefined && {
            after: this.#redactor.redactValue(after, path),
          }),
        })),
      }),
      ...(details && { details: this.#redactor.redactValue(details) }),
    };
  }

  /**
   * Replaces the secrets in an event's texts only. A text has to be without
   * secrets before it is cut, as half a secret is not known as one.
   */
  redactTexts(event: AuditEventInput): AuditEventInput {
    const { type, actor, resource, correlationId } = event;
    return {
      ...event,
      type: this.#redactor.redactText(type),
      actor: {
        ...actor,
        ...this.#redactPresent({ name: actor.name, email: actor.email }),
      },
      resource: {
        ...resource,
        ...this.#redactPresent({ name: resource.name }),
      },
      ...this.#redactPresent({ correlationId }),
    };
  }

  /** Replaces the secrets in a text. */
  redactText(text: string): string {
    return this.#redactor.redactText(text);
  }

  #redactPresent<T extends Record<string, string | undefined>>(texts: T): T {
    return Object.fromEntries(
      Object.entries(texts)
        .filter(([, text]) => text !== undefined)
        .map(([name, text]) => [name, this.#redactor.redactText(text!)]),
    ) as T;
  }
}

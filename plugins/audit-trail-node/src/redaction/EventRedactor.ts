import type { JsonValue } from '@backstage/types';
import type { AuditEventInput } from '../AuditEventInput';
import type { RedactionConfig } from './readRedactionConfig';
import { SecretKeys } from './SecretKeys';
import { createMark } from './secretMarker';
import { SecretRedactor } from './SecretRedactor';

/**
 * Replaces the secrets in events by markers.
 *
 * @remarks
 *
 * Equal secrets have equal markers wherever the key of the markers is the same.
 * Ids and resource keys are left as they are, as events are found by them.
 */
export class EventRedactor {
  readonly #redactor: SecretRedactor;

  static create(options: {
    config: RedactionConfig;
    /** Key of the markers. */
    key: string;
  }): EventRedactor {
    return new EventRedactor(
      SecretRedactor.create({
        keys: SecretKeys.create(options.config),
        mark: createMark(options.key),
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

  /** Replaces the secrets in what is to be looked at, and not stored. */
  redactValue<T extends JsonValue>(value: T): T {
    return this.#redactor.redactValue(value) as T;
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

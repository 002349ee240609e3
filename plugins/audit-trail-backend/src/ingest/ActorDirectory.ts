import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { KnownActor } from 'backstage-plugin-audit-trail-node';
import type { DatabaseActorsStore } from '../database/DatabaseActorsStore';
import type { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import { MAX_TEXT_LENGTH } from './limits';

const isStorable = (text: string) =>
  text.length <= MAX_TEXT_LENGTH && !/[\0\p{Cs}]/u.test(text);

/**
 * Tells who somebody is of whom a source gives an id only, from what another of
 * its intakes has told.
 */
export class ActorDirectory {
  readonly #actors: DatabaseActorsStore;
  readonly #redactor: EventRedactor;
  readonly #sources: Set<string>;

  static create(options: {
    actors: DatabaseActorsStore;
    redactor: EventRedactor;
    /** The sources that tell who acts in them. */
    sources: string[];
  }): ActorDirectory {
    return new ActorDirectory(options);
  }

  private constructor(options: Parameters<typeof ActorDirectory.create>[0]) {
    this.#actors = options.actors;
    this.#redactor = options.redactor;
    this.#sources = new Set(options.sources);
  }

  /** Keeps who acts in a source; leaves out what cannot be stored. */
  async put(source: string, actors: readonly KnownActor[]): Promise<void> {
    const text = (value: string | undefined) => {
      const clean = value?.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
      return clean
        ? this.#redactor.redactText(clean).slice(0, MAX_TEXT_LENGTH)
        : undefined;
    };
    await this.#actors.put(
      source,
      actors
        .filter(({ id }) => id && isStorable(id))
        .map(({ id, name, email }) => ({
          id,
          name: text(name),
          email: text(email),
        })),
    );
  }

  /** Events with the names and e-mail addresses of their actors. */
  async complete(events: AuditEvent[]): Promise<AuditEvent[]> {
    const isUnknown = ({ source, actor }: AuditEvent) =>
      this.#sources.has(source) && (!actor.name || !actor.email);
    const idsBySource = new Map<string, Set<string>>();
    for (const { source, actor } of events.filter(isUnknown)) {
      const ids = idsBySource.get(source) ?? new Set();
      idsBySource.set(source, ids.add(actor.id));
    }
    const known = new Map<string, Map<string, KnownActor>>();
    for (const [source, ids] of idsBySource) {
      known.set(source, await this.#actors.find(source, [...ids]));
    }
    return events.map(event => {
      const { source, actor } = event;
      const found = isUnknown(event) && known.get(source)?.get(actor.id);
      return found
        ? {
            ...event,
            actor: {
              ...actor,
              name: actor.name ?? found.name,
              email: actor.email ?? found.email,
            },
          }
        : event;
    });
  }
}

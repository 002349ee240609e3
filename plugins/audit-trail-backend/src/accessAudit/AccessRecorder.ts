import { createHash, randomUUID } from 'node:crypto';
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { AuditEventOutcome } from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import type {
  DatabaseViewsStore,
  KnownView,
} from '../database/DatabaseViewsStore';
import type { IngestService } from '../ingest/IngestService';
import { TRAIL_ORIGIN, TRAIL_RESOURCE } from '../ingest/trailOrigin';

/** The same look within this time is recorded once. */
export const VIEW_MS = 15 * 60 * 1000;
/** Different looks of one user that are recorded one by one in that time. */
export const MAX_VIEWS = 100;

/** What somebody looks at. */
export interface Look {
  type: 'audit-trail.viewed' | 'audit-trail.event-viewed';
  /** What tells this look from others of its type. */
  what: string;
  details: JsonObject;
}

/** The user that credentials stand for. */
export const userRefOf = (credentials: BackstageCredentials): string =>
  (credentials.principal as BackstageUserPrincipal).userEntityRef;

const keyOf = (...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Records in the trail itself who looked at it and who took a copy.
 *
 * @remarks
 *
 * Everything is recorded before it is shown: if it cannot be recorded, it is
 * not shown. One look is one event, however many pages of results are turned
 * and however many replicas answer: within 15 minutes the same user looking
 * with the same filter is not recorded again. So that nobody floods the trail
 * by looking, 100 different looks of one user are recorded one by one in that
 * time, and the rest as one event that says so.
 */
export class AccessRecorder {
  readonly #ingest: IngestService;
  readonly #views: DatabaseViewsStore;

  static create(options: {
    ingest: IngestService;
    views: DatabaseViewsStore;
  }): AccessRecorder {
    return new AccessRecorder(options.ingest, options.views);
  }

  private constructor(ingest: IngestService, views: DatabaseViewsStore) {
    this.#ingest = ingest;
    this.#views = views;
  }

  /** Forgets from now on, each hour, what need not be remembered any longer. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'audit-trail-forget-views',
      frequency: { hours: 1 },
      timeout: { minutes: 5 },
      fn: () => this.#views.forget(new Date(Date.now() - VIEW_MS)),
    });
  }

  /** Records a look, unless it is recorded already. */
  async look(credentials: BackstageCredentials, look: Look): Promise<void> {
    const userRef = userRefOf(credentials);
    const now = new Date();
    const after = new Date(now.getTime() - VIEW_MS);
    const key = keyOf(userRef, look.type, look.what);
    const known = await this.#views.find(key, after);
    if (known) {
      await this.#recordLook(credentials, look, key, known);
      return;
    }
    if ((await this.#views.countOf(userRef, after)) < MAX_VIEWS) {
      const begun = await this.#views.begin({ key, userRef }, { now, after });
      await this.#recordLook(credentials, look, key, begun);
      return;
    }
    const others = keyOf(userRef, 'others');
    await this.#recordLook(
      credentials,
      {
        ...look,
        type: 'audit-trail.viewed',
        details: {
          note: `More than ${MAX_VIEWS} different views within ${
            VIEW_MS / 60_000
          } minutes; those beyond are not recorded one by one`,
        },
      },
      others,
      await this.#views.begin({ key: others, userRef }, { now, after }),
    );
  }

  /** Records something else that somebody did with the trail. */
  async act(
    credentials: BackstageCredentials,
    event: Pick<AuditEventInput, 'type' | 'resource'> &
      Partial<AuditEventInput>,
  ): Promise<void> {
    await this.#record(userRefOf(credentials), {
      sourceEventId: randomUUID(),
      occurredAt: new Date().toISOString(),
      severity: 'medium',
      ...event,
    });
  }

  /** Records how far an export got; its events have its id in common. */
  async export(
    userRef: string,
    event: {
      id: string;
      outcome: AuditEventOutcome;
      details: JsonObject;
      /** Now, if left out. */
      occurredAt?: Date;
    },
  ): Promise<void> {
    const { id, outcome, details, occurredAt = new Date() } = event;
    await this.#record(userRef, {
      sourceEventId: `${id}:${outcome}`,
      type: 'audit-trail.exported',
      occurredAt: occurredAt.toISOString(),
      outcome,
      severity: 'medium',
      correlationId: id,
      details,
    });
  }

  async #recordLook(
    credentials: BackstageCredentials,
    look: Look,
    key: string,
    { viewedAt, recorded }: KnownView,
  ): Promise<void> {
    if (recorded) {
      return;
    }
    // Whoever finds it not yet recorded records it: the id is the same for all.
    await this.#record(userRefOf(credentials), {
      sourceEventId: `${key}:${viewedAt.getTime()}`,
      type: look.type,
      occurredAt: viewedAt.toISOString(),
      severity: 'low',
      details: look.details,
    });
    await this.#views.markRecorded(key, viewedAt);
  }

  async #record(
    userRef: string,
    event: Omit<AuditEventInput, 'actor' | 'resource'> &
      Partial<AuditEventInput>,
  ): Promise<void> {
    await this.#ingest.ingest({
      events: [
        {
          place: event.type,
          event: {
            resource: TRAIL_RESOURCE,
            ...event,
            actor: { type: 'user', id: userRef, entityRef: userRef },
          },
        },
      ],
      origin: TRAIL_ORIGIN,
      // A filter of any length must not keep its use from being recorded.
      resendable: false,
    });
  }
}

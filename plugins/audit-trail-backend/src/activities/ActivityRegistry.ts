import { ConflictError, InputError } from '@backstage/errors';
import {
  ACTIVITIES,
  CATEGORIES,
  isHarmful,
  PORTAL_CATEGORY,
  portalLabel,
  resolveActivity,
  type Activity,
  type ActivityCategory,
  type ActivityRegistration,
  type ResolvedActivity,
} from 'backstage-plugin-audit-trail-common';
import type {
  DatabaseActivitiesStore,
  RegisteredActivity,
} from '../database/DatabaseActivitiesStore';
import type { EventOrigin } from '../ingest/normaliseEvent';
import type { EventRedactor } from 'backstage-plugin-audit-trail-node/redaction';
import {
  asForeign,
  canBeRefused,
  mayTell,
  trailActivitiesError,
} from './trailActivities';

/** Activities that one source may describe. */
export const MAX_ACTIVITIES = 500;
/** After this what is known is read anew, as another replica may have changed it. */
const FRESH_MS = 30_000;

const builtIn = new Set(ACTIVITIES.map(({ id }) => id));
const builtInCategories = new Set(CATEGORIES.map(({ id }) => id));

/**
 * All activities: those of the catalogue, and those that plugins and services
 * have described.
 *
 * @remarks
 *
 * What is described stands in the database, so that every replica knows it, and
 * still does when who described it is gone. An event of a type that is not
 * known here is looked up there before it is stored: whoever describes a type
 * before they record it finds it so on every replica.
 */
export class ActivityRegistry {
  readonly #redactor: EventRedactor;
  readonly #store: DatabaseActivitiesStore;
  #known = new Map<string, RegisteredActivity>();
  #readAt = -Infinity;

  static create(options: {
    redactor: EventRedactor;
    store: DatabaseActivitiesStore;
  }): ActivityRegistry {
    return new ActivityRegistry(options.redactor, options.store);
  }

  private constructor(redactor: EventRedactor, store: DatabaseActivitiesStore) {
    this.#redactor = redactor;
    this.#store = store;
  }

  /**
   * Describes activities of one source.
   *
   * @throws `InputError` if one stands in the catalogue, or if they are too
   * many; `ConflictError` if one belongs to another source, and then the others
   * are described all the same
   */
  async register(
    source: string,
    registrations: ActivityRegistration[],
  ): Promise<void> {
    const activities = registrations.map((registration, index) => {
      if (builtIn.has(registration.id)) {
        throw new InputError(
          `activities[${index}].id: "${registration.id}" stands in the catalogue of activities already`,
        );
      }
      return this.#toRegistered(source, registration);
    });
    const ids = activities.map(({ id }) => id);
    const others = await this.#store.countOthers(source, ids);
    if (others + ids.length > MAX_ACTIVITIES) {
      throw new InputError(
        `activities: one source has at most ${MAX_ACTIVITIES} activities`,
      );
    }
    const taken = await this.#store.save(activities);
    this.#readAt = -Infinity;
    if (taken.length > 0) {
      throw new ConflictError(
        `activities: ${taken
          .map(id => `"${id}"`)
          .join(', ')} belong to another source; choose other ids`,
      );
    }
  }

  /** Every activity and every area, in the order to show them. */
  async list(): Promise<{
    activities: Activity[];
    categories: ActivityCategory[];
  }> {
    await this.#read();
    const registered = [...this.#known.values()];
    const categories = new Map<string, ActivityCategory>();
    for (const { category: id, categoryLabel } of registered) {
      if (!builtInCategories.has(id) && !categories.get(id)?.label) {
        categories.set(id, { id, label: categoryLabel ?? '' });
      }
    }
    return {
      activities: [
        ...ACTIVITIES,
        ...registered.map(({ source: _, categoryLabel: __, ...activity }) => ({
          ...activity,
          aliases: [],
        })),
      ],
      categories: [
        ...CATEGORIES,
        ...[...categories.values()]
          .map(({ id, label }) => ({ id, label: label || portalLabel(id) }))
          .sort((a, b) => a.label.localeCompare(b.label, 'en')),
      ],
    };
  }

  /**
   * What is known of some activities by their spellings, as events of an origin
   * have them.
   *
   * @throws `InputError` if a plugin or service uses one of the trail itself
   */
  async resolve(
    spellings: string[],
    origin: EventOrigin,
  ): Promise<(spelling: string) => ResolvedActivity> {
    const resolved = new Map(
      [...new Set(spellings)].map(spelling => [
        spelling,
        resolveActivity(spelling),
      ]),
    );
    const ids = [...resolved.values()]
      .filter(({ mapped }) => !mapped)
      .map(({ id }) => id);
    if (ids.length > 0) {
      await this.#find(ids);
    }
    const forged: string[] = [];
    for (const [spelling, given] of resolved) {
      const activity = this.#withRegistered(given, origin);
      const own = mayTell(activity, origin);
      if (!own) {
        forged.push(activity.id);
      }
      resolved.set(
        spelling,
        own ? activity : asForeign(activity, spelling, origin),
      );
    }
    if (forged.length > 0 && canBeRefused(origin)) {
      throw trailActivitiesError(forged);
    }
    return spelling => resolved.get(spelling)!;
  }

  /** An activity as its source describes it, if the catalogue does not know it. */
  #withRegistered(
    activity: ResolvedActivity,
    origin: EventOrigin,
  ): ResolvedActivity {
    const registered = !activity.mapped && this.#known.get(activity.id);
    if (registered) {
      const { id, label, category, verb, harmful } = registered;
      return { id, label, category, verb, harmful, mapped: true };
    }
    return origin.intake === 'auditor' && !activity.mapped
      ? {
          ...activity,
          label: portalLabel(activity.label),
          category: PORTAL_CATEGORY,
        }
      : activity;
  }

  /** Sees to it that those of some ids that are described are known. */
  async #find(ids: string[]): Promise<void> {
    if (this.#readAt + FRESH_MS < Date.now()) {
      await this.#read();
      return;
    }
    const missing = [...new Set(ids)].filter(id => !this.#known.has(id));
    if (missing.length > 0) {
      for (const activity of await this.#store.find(missing)) {
        this.#known.set(activity.id, activity);
      }
    }
  }

  async #read(): Promise<void> {
    const readAt = Date.now();
    const activities = await this.#store.list();
    this.#known = new Map(activities.map(activity => [activity.id, activity]));
    this.#readAt = readAt;
  }

  #toRegistered(
    source: string,
    registration: ActivityRegistration,
  ): RegisteredActivity {
    const { id, label, category } = registration;
    const area: Partial<ActivityCategory> & { id: string } =
      typeof category === 'string' ? { id: category } : category;
    const verb = registration.verb ?? resolveActivity(id).verb;
    return {
      id,
      source,
      label: this.#redactor.redactText(label),
      category: area.id,
      categoryLabel:
        area.label !== undefined && !builtInCategories.has(area.id)
          ? this.#redactor.redactText(area.label)
          : undefined,
      verb: this.#redactor.redactText(verb),
      harmful: registration.harmful ?? isHarmful({ id, verb }),
    };
  }
}

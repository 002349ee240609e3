import { NotFoundError } from '@backstage/errors';
import {
  PORTAL_CATEGORY,
  TRAIL_READ_TYPES,
  type AuditEvent,
  type AuditEventCount,
  type AuditEventFacets,
  type AuditEventFilter,
  type FoundFacetValues,
  type RelatedEvents,
  type WaysOutResponse,
  type AuditEventHistogram,
} from 'backstage-plugin-audit-trail-common';
import {
  FACET_FIELDS,
  type AuditEventsStore,
} from '../database/AuditEventsStore';
import {
  both,
  ownersNamedIn,
  type AuditEventCriteria,
} from '../database/criteria';
import type { HistogramStore } from '../database/histogram/HistogramStore';
import {
  readHistogram,
  type HistogramRequest,
} from '../histogram/readHistogram';
import {
  NO_FACETS,
  type AuditEvents,
  type FacetRequest,
  type NewerRequest,
  type Page,
  type PagePosition,
  type PageRequest,
  type ValuesRequest,
  type WaysOutRequest,
} from './AuditEvents';

/** Counting stops here. */
const MAX_TOTAL_ITEMS = 10_000;
/**
 * Counting stops here for those who see what they own: their events are found
 * resource by resource, which takes longer, and a page must not wait for it.
 */
const MAX_OWNED_ITEMS = 1_000;
/** Facets look at so many of the newest events. */
const MAX_FACET_EVENTS = 20_000;
/** Newer events are counted up to so many. */
const MAX_NEWER = 100;
/** How far from an event its surroundings reach, in milliseconds. */
const RELATED_MS = 60 * 60_000;

/** Reads the trail from the store. Knows nothing of permissions. */
export class DefaultAuditEvents implements AuditEvents {
  readonly #store: AuditEventsStore;
  readonly #histograms: HistogramStore;

  static create(options: {
    store: AuditEventsStore;
    histograms: HistogramStore;
  }): DefaultAuditEvents {
    return new DefaultAuditEvents(options.store, options.histograms);
  }

  private constructor(store: AuditEventsStore, histograms: HistogramStore) {
    this.#store = store;
    this.#histograms = histograms;
  }

  async page(request: PageRequest): Promise<Page> {
    const { criteria, order, limit, position } = request;
    const backwards = position?.direction === 'prev';
    const opposite = order === 'desc' ? 'asc' : 'desc';
    const [found, total] = await Promise.all([
      this.#store.list({
        criteria,
        order: backwards ? opposite : order,
        after: position?.id,
        // One more tells whether there is another page.
        limit: limit + 1,
      }),
      this.#countItems(criteria),
    ]);
    const items = found.slice(0, limit);
    if (backwards) {
      items.reverse();
    }
    const more = found.length > limit;
    const at = (
      event: AuditEvent | undefined,
      direction: PagePosition['direction'],
    ) => event && { id: event.id, direction };
    return {
      items,
      next: backwards || more ? at(items[items.length - 1], 'next') : undefined,
      previous: (backwards ? more : position)
        ? at(items[0], 'prev')
        : undefined,
      ...total,
    };
  }

  async get(request: {
    id: string;
    criteria: AuditEventCriteria;
  }): Promise<AuditEvent> {
    const event = await this.#store.get(request.id, request.criteria);
    if (!event) {
      throw new NotFoundError('There is no such event, or you may not see it');
    }
    return event;
  }

  async related(request: {
    id: string;
    criteria: AuditEventCriteria;
  }): Promise<RelatedEvents> {
    const event = await this.get(request);
    const at = Date.parse(event.occurredAt);
    const from = new Date(at - RELATED_MS).toISOString();
    const to = new Date(at + RELATED_MS).toISOString();
    // As a list leaves them out, unless it is about one of them.
    const isRead = TRAIL_READ_TYPES.some(type => type === event.type);
    const not = isRead ? {} : { not: { types: [...TRAIL_READ_TYPES] } };
    const countOf = (filter: AuditEventFilter) =>
      this.#countItems(
        both(request.criteria, { filter: { ...filter, ...not, from, to } }),
      );
    const [resource, actor] = await Promise.all([
      countOf({ resources: [event.resource.key] }),
      countOf({ actors: [event.actor.id] }),
    ]);
    return { from, to, resource, actor };
  }

  async newer(request: NewerRequest): Promise<AuditEventCount> {
    const { criteria, id } = request;
    const { length } = await this.#store.list({
      criteria,
      order: 'asc',
      after: id,
      limit: MAX_NEWER + 1,
    });
    return {
      totalItems: Math.min(length, MAX_NEWER),
      totalItemsCapped: length > MAX_NEWER,
    };
  }

  async facets(request: FacetRequest): Promise<AuditEventFacets> {
    const { criteria, criteriaByField } = request;
    const limit = MAX_FACET_EVENTS;
    const ownCriteria = FACET_FIELDS.filter(field => criteriaByField[field]);
    const [counted, ...ownCounted] = await Promise.all(
      [criteria, ...ownCriteria.map(field => criteriaByField[field]!)].map(
        counting => this.#store.count(counting, limit + 1),
      ),
    );
    const parts = await Promise.all([
      this.#store.facets({
        criteria,
        fields: FACET_FIELDS.filter(field => !criteriaByField[field]),
        limit,
      }),
      ...ownCriteria.map(field =>
        this.#store.facets({
          criteria: criteriaByField[field]!,
          fields: [field],
          limit,
        }),
      ),
    ]);
    return {
      ...NO_FACETS,
      ...Object.assign({}, ...parts),
      complete: [counted, ...ownCounted].every(count => count <= limit),
      countedEvents: Math.min(counted, limit),
    };
  }

  async values(request: ValuesRequest): Promise<FoundFacetValues> {
    const { field, others, find, ofAll = false } = request;
    return this.#store.findValues({ field, criteria: others, find, ofAll });
  }

  async waysOut(request: WaysOutRequest): Promise<WaysOutResponse> {
    const [chosen, anything] = await Promise.all(
      [request.criteria, request.anything].map(criteria =>
        this.#store.count(criteria, 1),
      ),
    );
    if (chosen > 0 || anything === 0) {
      return { anything: chosen > 0 || anything > 0, items: [] };
    }
    const items = await Promise.all(
      request.ways.map(async ({ drop, criteria }) => ({
        drop,
        ...(await this.#countItems(criteria)),
      })),
    );
    return {
      anything: true,
      items: items.filter(({ totalItems }) => totalItems > 0),
    };
  }

  async histogram(request: HistogramRequest): Promise<AuditEventHistogram> {
    return readHistogram(this.#histograms, request, Date.now());
  }

  async unmappedTypes(request: {
    criteria: AuditEventCriteria;
    known: string[];
  }): Promise<{ type: string; count: number }[]> {
    const unmapped = {
      // What plugins tell the auditor needs no catalogue.
      filter: { not: { types: request.known, categories: [PORTAL_CATEGORY] } },
    };
    const { types = [] } = await this.#store.facets({
      criteria: both(request.criteria, unmapped),
      fields: ['types'],
      limit: MAX_FACET_EVENTS,
    });
    return types.map(({ value, count }) => ({ type: value, count }));
  }

  async #countItems(
    criteria: AuditEventCriteria,
  ): Promise<Pick<Page, 'totalItems' | 'totalItemsCapped'>> {
    const max =
      ownersNamedIn(criteria).length > 0 ? MAX_OWNED_ITEMS : MAX_TOTAL_ITEMS;
    const total = await this.#store.count(criteria, max + 1);
    return { totalItems: Math.min(total, max), totalItemsCapped: total > max };
  }
}

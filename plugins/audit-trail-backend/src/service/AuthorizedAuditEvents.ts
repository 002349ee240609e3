import type {
  AuditEvent,
  AuditEventCount,
  AuditEventFacets,
  AuditEventHistogram,
  FoundFacetValues,
  RelatedEvents,
  WaysOutResponse,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventCriteria } from '../database/criteria';
import { noHistogram, type HistogramRequest } from '../histogram/readHistogram';
import { narrowCriteria } from '../permissions/narrowCriteria';
import type { ReadAccess } from '../permissions/ReadAccess';
import {
  NO_FACETS,
  type AuditEvents,
  type FacetRequest,
  type NewerRequest,
  type Page,
  type PageRequest,
  type RequestOptions,
  type ValuesRequest,
  type WaysOutRequest,
} from './AuditEvents';

/**
 * Reads the trail as far as the caller may. What somebody may not see is to
 * them as if it did not exist: it is in no list and in no count.
 */
export class AuthorizedAuditEvents implements AuditEvents {
  readonly #inner: AuditEvents;
  readonly #access: ReadAccess;

  static create(options: {
    inner: AuditEvents;
    access: ReadAccess;
  }): AuthorizedAuditEvents {
    return new AuthorizedAuditEvents(options.inner, options.access);
  }

  private constructor(inner: AuditEvents, access: ReadAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async page(request: PageRequest, options: RequestOptions): Promise<Page> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    return criteria
      ? this.#inner.page({ ...request, criteria }, options)
      : { items: [], totalItems: 0, totalItemsCapped: false };
  }

  async get(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<AuditEvent> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    // For those who see nothing it is the same error as for an unknown id.
    const id = criteria ? request.id : '';
    return this.#inner.get(
      { id, criteria: criteria ?? request.criteria },
      options,
    );
  }

  async related(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<RelatedEvents> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    // For those who see nothing it is the same error as for an unknown id.
    const id = criteria ? request.id : '';
    return this.#inner.related(
      { id, criteria: criteria ?? request.criteria },
      options,
    );
  }

  async newer(
    request: NewerRequest,
    options: RequestOptions,
  ): Promise<AuditEventCount> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    return criteria
      ? this.#inner.newer({ ...request, criteria }, options)
      : { totalItems: 0, totalItemsCapped: false };
  }

  async facets(
    request: FacetRequest,
    options: RequestOptions,
  ): Promise<AuditEventFacets> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    if (!criteria) {
      return NO_FACETS;
    }
    const criteriaByField = Object.fromEntries(
      Object.entries(request.criteriaByField).map(([field, own]) => [
        field,
        narrowCriteria(own, decision),
      ]),
    );
    return this.#inner.facets({ criteria, criteriaByField }, options);
  }

  async values(
    request: ValuesRequest,
    options: RequestOptions,
  ): Promise<FoundFacetValues> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    const others = narrowCriteria(request.others, decision);
    return criteria && others
      ? this.#inner.values(
          { ...request, criteria, others, ofAll: decision === 'everything' },
          options,
        )
      : { items: [], complete: true };
  }

  async waysOut(
    request: WaysOutRequest,
    options: RequestOptions,
  ): Promise<WaysOutResponse> {
    const decision = await this.#access.decide(options.credentials);
    if (decision === 'nothing') {
      return { anything: false, items: [] };
    }
    return this.#inner.waysOut(
      {
        criteria: narrowCriteria(request.criteria, decision)!,
        anything: narrowCriteria(request.anything, decision)!,
        ways: request.ways.map(({ drop, criteria }) => ({
          drop,
          criteria: narrowCriteria(criteria, decision)!,
        })),
      },
      options,
    );
  }

  async histogram(
    request: HistogramRequest,
    options: RequestOptions,
  ): Promise<AuditEventHistogram> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    return criteria
      ? this.#inner.histogram({ ...request, criteria }, options)
      : noHistogram(request.timeZone);
  }

  async unmappedTypes(
    request: { criteria: AuditEventCriteria; known: string[] },
    options: RequestOptions,
  ): Promise<{ type: string; count: number }[]> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrowCriteria(request.criteria, decision);
    return criteria
      ? this.#inner.unmappedTypes({ ...request, criteria }, options)
      : [];
  }
}

import { NotAllowedError } from '@backstage/errors';
import {
  auditTrailExportCreatePermission,
  type AuditEvent,
  type AuditEventFacets,
  type FoundFacetValues,
  type WaysOutResponse,
} from 'backstage-plugin-audit-trail-common';
import { both, type AuditEventCriteria } from '../database/criteria';
import type { ReadAccess, ReadDecision } from '../permissions/ReadAccess';
import {
  NO_FACETS,
  type AuditEvents,
  type FacetRequest,
  type Page,
  type PageRequest,
  type RequestOptions,
  type ValuesRequest,
  type WaysOutRequest,
} from './AuditEvents';

/** Criteria narrowed to what somebody may read; `undefined` is nothing. */
function narrow(
  criteria: AuditEventCriteria,
  decision: ReadDecision,
): AuditEventCriteria | undefined {
  if (decision === 'nothing') {
    return undefined;
  }
  return decision === 'everything' ? criteria : both(decision, criteria);
}

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
    const criteria = narrow(request.criteria, decision);
    return criteria
      ? this.#inner.page({ ...request, criteria }, options)
      : { items: [], totalItems: 0, totalItemsCapped: false };
  }

  async get(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<AuditEvent> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrow(request.criteria, decision);
    // For those who see nothing it is the same error as for an unknown id.
    const id = criteria ? request.id : '';
    return this.#inner.get(
      { id, criteria: criteria ?? request.criteria },
      options,
    );
  }

  async facets(
    request: FacetRequest,
    options: RequestOptions,
  ): Promise<AuditEventFacets> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrow(request.criteria, decision);
    if (!criteria) {
      return NO_FACETS;
    }
    const criteriaByField = Object.fromEntries(
      Object.entries(request.criteriaByField).map(([field, own]) => [
        field,
        narrow(own, decision),
      ]),
    );
    return this.#inner.facets({ criteria, criteriaByField }, options);
  }

  async values(
    request: ValuesRequest,
    options: RequestOptions,
  ): Promise<FoundFacetValues> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrow(request.criteria, decision);
    const others = narrow(request.others, decision);
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
        criteria: narrow(request.criteria, decision)!,
        anything: narrow(request.anything, decision)!,
        ways: request.ways.map(({ drop, criteria }) => ({
          drop,
          criteria: narrow(criteria, decision)!,
        })),
      },
      options,
    );
  }

  async unmappedTypes(
    request: { criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<{ type: string; count: number }[]> {
    const decision = await this.#access.decide(options.credentials);
    const criteria = narrow(request.criteria, decision);
    return criteria ? this.#inner.unmappedTypes({ criteria }, options) : [];
  }

  async *all(
    request: Pick<PageRequest, 'criteria' | 'order'>,
    options: RequestOptions,
  ): AsyncGenerator<AuditEvent[]> {
    const first = await this.#decideExport(options);
    const criteria = narrow(request.criteria, first);
    if (!criteria) {
      return;
    }
    const fingerprint = await this.#access.fingerprint(first);
    // A long export must not outlive the access it began with.
    const assertUnchanged = async () => {
      const now = await this.#decideExport(options);
      if ((await this.#access.fingerprint(now)) !== fingerprint) {
        throw new NotAllowedError('Your access changed during the export');
      }
    };
    for await (const events of this.#inner.all(
      { ...request, criteria },
      options,
    )) {
      yield events;
      await assertUnchanged();
    }
    // What was looked for last may have been missing for that very reason.
    await assertUnchanged();
  }

  async #decideExport(options: RequestOptions): Promise<ReadDecision> {
    const allowed = await this.#access.isAllowed(
      auditTrailExportCreatePermission,
      options.credentials,
    );
    if (!allowed) {
      throw new NotAllowedError('You may not export the trail');
    }
    return this.#access.decide(options.credentials);
  }
}

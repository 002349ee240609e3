import type {
  AuditEvent,
  AuditEventCount,
  AuditEventFacets,
  AuditEventHistogram,
  FoundFacetValues,
  RelatedEvents,
  WaysOutResponse,
} from 'backstage-plugin-audit-trail-common';
import type {
  AuditEvents,
  FacetRequest,
  NewerRequest,
  Page,
  PageRequest,
  RequestOptions,
  ValuesRequest,
  WaysOutRequest,
} from '../service/AuditEvents';
import type { AuditEventCriteria } from '../database/criteria';
import type { HistogramRequest } from '../histogram/readHistogram';
import type { AccessRecorder, Look } from './AccessRecorder';
import { describeChoice } from './describeChoice';

/**
 * Records in the trail who reads it. Stands before the decision what they may
 * see, so that those who are refused are recorded as well.
 */
export class AuditedAuditEvents implements AuditEvents {
  readonly #inner: AuditEvents;
  readonly #recorder: AccessRecorder;

  static create(options: {
    inner: AuditEvents;
    recorder: AccessRecorder;
  }): AuditedAuditEvents {
    return new AuditedAuditEvents(options.inner, options.recorder);
  }

  private constructor(inner: AuditEvents, recorder: AccessRecorder) {
    this.#inner = inner;
    this.#recorder = recorder;
  }

  async page(request: PageRequest, options: RequestOptions): Promise<Page> {
    // On every page, as a cursor may be used long after its first page.
    await this.#recordView(request.criteria, options);
    return this.#inner.page(request, options);
  }

  async facets(
    request: FacetRequest,
    options: RequestOptions,
  ): Promise<AuditEventFacets> {
    await this.#recordView(request.criteria, options);
    return this.#inner.facets(request, options);
  }

  /** They are choices of the same filter, whatever of them is looked for. */
  async values(
    request: ValuesRequest,
    options: RequestOptions,
  ): Promise<FoundFacetValues> {
    await this.#recordView(request.criteria, options);
    return this.#inner.values(request, options);
  }

  /** They follow from the filter alone, so that its view stands for them. */
  async waysOut(
    request: WaysOutRequest,
    options: RequestOptions,
  ): Promise<WaysOutResponse> {
    await this.#recordView(request.criteria, options);
    return this.#inner.waysOut(request, options);
  }

  /** The same look as the page with the same filter. */
  async histogram(
    request: HistogramRequest,
    options: RequestOptions,
  ): Promise<AuditEventHistogram> {
    await this.#recordView(request.criteria, options);
    return this.#inner.histogram(request, options);
  }

  async get(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<AuditEvent> {
    // Of an event that is not there, or not for them, nothing is seen.
    const event = await this.#inner.get(request, options);
    await this.#look(options, {
      type: 'audit-trail.event-viewed',
      what: event.id,
      details: { eventId: event.id, eventType: event.type },
    });
    return event;
  }

  /**
   * Belongs to the event, which was shown and recorded by itself or in a list:
   * two numbers about its surroundings are no further view.
   */
  async related(
    request: { id: string; criteria: AuditEventCriteria },
    options: RequestOptions,
  ): Promise<RelatedEvents> {
    return this.#inner.related(request, options);
  }

  /**
   * Belongs to the list that it is asked for with: only who has read the first
   * page, which is recorded, has a cursor for it. A page that is left open must
   * not look like somebody who looks again and again.
   */
  async newer(
    request: NewerRequest,
    options: RequestOptions,
  ): Promise<AuditEventCount> {
    return this.#inner.newer(request, options);
  }

  /** Belongs to the page, whose view is recorded. */
  async unmappedTypes(
    request: { criteria: AuditEventCriteria; known: string[] },
    options: RequestOptions,
  ): Promise<{ type: string; count: number }[]> {
    return this.#inner.unmappedTypes(request, options);
  }

  async #recordView(criteria: AuditEventCriteria, options: RequestOptions) {
    await this.#look(options, {
      type: 'audit-trail.viewed',
      ...describeChoice(criteria),
    });
  }

  /** What an assistant sees is another look than what its user sees. */
  async #look({ credentials, action }: RequestOptions, look: Look) {
    await this.#recorder.look(
      credentials,
      action
        ? {
            ...look,
            what: JSON.stringify([action, look.what]),
            details: { ...look.details, action },
          }
        : look,
    );
  }
}

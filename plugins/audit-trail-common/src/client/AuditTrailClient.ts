import { ResponseError } from '@backstage/errors';
import type { AuditEvent } from '../events';
import { auditEventFilterToParams } from '../filter';
import type {
  ActivitiesResponse,
  AuditEventFacets,
  AuditEventPage,
  AuditTrailAccess,
  AuditTrailClientApi,
  QueryAuditEventsRequest,
} from './AuditTrailClientApi';

/**
 * Options of {@link AuditTrailClient}.
 *
 * @public
 */
export interface AuditTrailClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/**
 * Reads the Audit Trail through its HTTP API, as the caller that `fetchApi`
 * stands for.
 *
 * @public
 */
export class AuditTrailClient implements AuditTrailClientApi {
  readonly #discoveryApi: AuditTrailClientOptions['discoveryApi'];
  readonly #fetchApi: AuditTrailClientOptions['fetchApi'];

  constructor(options: AuditTrailClientOptions) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async queryEvents(request: QueryAuditEventsRequest = {}) {
    return this.#getJson<AuditEventPage>('/v1/events', toParams(request));
  }

  async getEvent(id: string) {
    return this.#getJson<AuditEvent>(`/v1/events/${encodeURIComponent(id)}`);
  }

  async getFacets(request: QueryAuditEventsRequest = {}) {
    return this.#getJson<AuditEventFacets>(
      '/v1/events/facets',
      toParams(request),
    );
  }

  async getActivities() {
    return this.#getJson<ActivitiesResponse>('/v1/activities');
  }

  async getAccess() {
    return this.#getJson<AuditTrailAccess>('/v1/access');
  }

  async exportCsv(request: QueryAuditEventsRequest = {}) {
    const params = toParams(request);
    params.set('format', 'csv');
    return this.#get('/v1/events/export', params);
  }

  async #get(path: string, params?: URLSearchParams): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('audit-trail');
    const query = params?.toString();
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${query ? `?${query}` : ''}`,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  async #getJson<T>(path: string, params?: URLSearchParams): Promise<T> {
    const response = await this.#get(path, params);
    return response.json();
  }
}

function toParams(request: QueryAuditEventsRequest): URLSearchParams {
  const params = auditEventFilterToParams(request.filter ?? {});
  if (request.entityRef) {
    params.set('entityRef', request.entityRef);
  }
  if (request.limit !== undefined) {
    params.set('limit', String(request.limit));
  }
  if (request.cursor) {
    params.set('cursor', request.cursor);
  }
  if (request.order) {
    params.set('order', request.order);
  }
  return params;
}

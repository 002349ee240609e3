import { ResponseError } from '@backstage/errors';
import type { CoverageResponse } from '../coverage';
import type { AuditEvent } from '../events';
import type { AuditTrailExportRecord, ExportEventsRequest } from '../exporting';
import { auditEventFilterToParams } from '../filter';
import type {
  DeliveryPage,
  Destination,
  DestinationPreview,
  DestinationsResponse,
  DestinationTestResult,
  PreviewDestinationRequest,
  QueryDeliveriesRequest,
  RedriveRequest,
  RedriveResponse,
  UpdateDestinationRequest,
} from '../forwarding';
import type {
  CreateSavedViewRequest,
  SavedView,
  SavedViewsResponse,
  UpdateSavedViewRequest,
} from '../views';
import type {
  AuditEventHistogram,
  AuditEventHistogramRequest,
} from './AuditEventHistogram';
import type {
  ActivitiesResponse,
  AuditEventCount,
  AuditEventFacets,
  AuditEventPage,
  AuditTrailAccess,
  AuditTrailClientApi,
  CountNewerEventsRequest,
  FindFacetValuesRequest,
  FoundFacetValues,
  QueryAuditEventsRequest,
  RelatedEvents,
  WaysOutResponse,
} from './AuditTrailClientApi';
import { openExport } from './AuditTrailExport';

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

  async countNewerEvents(request: CountNewerEventsRequest) {
    return this.#getJson<AuditEventCount>(
      '/v1/events/newer',
      toParams(request),
    );
  }

  async getRelatedEvents(
    id: string,
    options: Pick<QueryAuditEventsRequest, 'entityRef'> = {},
  ) {
    return this.#getJson<RelatedEvents>(
      `/v1/events/${encodeURIComponent(id)}/related`,
      toParams(options),
    );
  }

  async getFacets(request: QueryAuditEventsRequest = {}) {
    return this.#getJson<AuditEventFacets>(
      '/v1/events/facets',
      toParams(request),
    );
  }

  async findFacetValues({ field, find, ...request }: FindFacetValuesRequest) {
    const params = toParams(request);
    params.set('find', find);
    return this.#getJson<FoundFacetValues>(
      `/v1/events/facets/${encodeURIComponent(field)}`,
      params,
    );
  }

  async getWaysOut(request: QueryAuditEventsRequest = {}) {
    return this.#getJson<WaysOutResponse>(
      '/v1/events/ways-out',
      toParams(request),
    );
  }

  async getHistogram(request: AuditEventHistogramRequest = {}) {
    const { timeZone, buckets, ...choice } = request;
    const params = toParams(choice);
    if (timeZone) {
      params.set('timeZone', timeZone);
    }
    if (buckets !== undefined) {
      params.set('buckets', String(buckets));
    }
    return this.#getJson<AuditEventHistogram>('/v1/events/histogram', params);
  }

  async getActivities(options: { unmapped?: boolean } = {}) {
    return this.#getJson<ActivitiesResponse>(
      '/v1/activities',
      new URLSearchParams(
        options.unmapped === false ? { unmapped: 'false' } : {},
      ),
    );
  }

  async getCoverage() {
    return this.#getJson<CoverageResponse>('/v1/coverage');
  }

  async getAccess() {
    return this.#getJson<AuditTrailAccess>('/v1/access');
  }

  async exportEvents(
    request: ExportEventsRequest = {},
    options: { signal?: AbortSignal } = {},
  ) {
    const { format = 'csv', compress, ...chosen } = request;
    const params = toParams(chosen);
    params.set('format', format);
    if (compress) {
      params.set('compress', compress);
    }
    return openExport({
      response: await this.#fetch(`/v1/events/export?${params}`, options),
      getRecord: id => this.getExport(id),
    });
  }

  async getExport(id: string) {
    return this.#getJson<AuditTrailExportRecord>(
      `/v1/exports/${encodeURIComponent(id)}`,
    );
  }

  async getDestinations() {
    return this.#getJson<DestinationsResponse>('/v1/destinations');
  }

  async updateDestination(id: string, changes: UpdateDestinationRequest) {
    return this.#sendJson<Destination>(
      'PATCH',
      `/v1/destinations/${encodeURIComponent(id)}`,
      changes,
    );
  }

  async previewDestination(id: string, request: PreviewDestinationRequest) {
    return this.#sendJson<DestinationPreview>(
      'POST',
      `/v1/destinations/${encodeURIComponent(id)}/preview`,
      request,
    );
  }

  async testDestination(id: string) {
    return this.#sendJson<DestinationTestResult>(
      'POST',
      `/v1/destinations/${encodeURIComponent(id)}/test`,
      {},
    );
  }

  async queryDeliveries(request: QueryDeliveriesRequest) {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(request)) {
      if (value !== undefined) {
        params.set(name, String(value));
      }
    }
    return this.#getJson<DeliveryPage>('/v1/deliveries', params);
  }

  async redriveDeliveries(request: RedriveRequest) {
    return this.#sendJson<RedriveResponse>(
      'POST',
      '/v1/deliveries/redrive',
      request,
    );
  }

  async getSavedViews() {
    return this.#getJson<SavedViewsResponse>('/v1/views');
  }

  async createSavedView(request: CreateSavedViewRequest) {
    return this.#sendJson<SavedView>('POST', '/v1/views', request);
  }

  async updateSavedView(id: string, changes: UpdateSavedViewRequest) {
    return this.#sendJson<SavedView>(
      'PATCH',
      `/v1/views/${encodeURIComponent(id)}`,
      changes,
    );
  }

  async deleteSavedView(id: string, version: number) {
    await this.#fetch(
      `/v1/views/${encodeURIComponent(id)}?version=${version}`,
      {
        method: 'DELETE',
      },
    );
  }

  async #fetch(pathAndQuery: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('audit-trail');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${pathAndQuery}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  async #get(path: string, params?: URLSearchParams): Promise<Response> {
    const query = params?.toString();
    return this.#fetch(`${path}${query ? `?${query}` : ''}`);
  }

  async #getJson<T>(path: string, params?: URLSearchParams): Promise<T> {
    const response = await this.#get(path, params);
    return response.json();
  }

  async #sendJson<T>(method: string, path: string, body: object): Promise<T> {
    const response = await this.#fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
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

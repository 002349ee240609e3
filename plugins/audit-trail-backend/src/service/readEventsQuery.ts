import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  AUDIT_EVENT_FILTER_PARAMS,
  entityResourceKey,
  parseResourceKey,
  auditEventFilterFromParams,
  auditEventFilterToParams,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import type { Request } from 'express';
import { FACET_FIELDS } from '../database/AuditEventsStore';
import { both, type AuditEventCriteria } from '../database/criteria';
import type { FacetRequest } from './AuditEvents';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

const FILTER_PARAMS = [...AUDIT_EVENT_FILTER_PARAMS, 'entityRef'];

/** What a request chooses. */
export interface EventsQuery {
  filter: AuditEventFilter;
  criteria: AuditEventCriteria;
  order: 'asc' | 'desc';
  limit: number;
  cursor?: string;
  /** The filter and order as a text: the same for the same choice. */
  fingerprint: string;
}

/** The query parameters of a request. */
export function queryParams(request: Request): URLSearchParams {
  const [, ...query] = request.originalUrl.split('?');
  return new URLSearchParams(query.join('?'));
}

function readEntityRef(params: URLSearchParams): string | undefined {
  const text = params.get('entityRef');
  if (!text) {
    return undefined;
  }
  try {
    const entityRef = stringifyEntityRef(parseEntityRef(text));
    // Names no valid key, and no entity, if it has odd characters.
    if (!parseResourceKey(entityResourceKey(entityRef))) {
      throw new Error();
    }
    return entityRef;
  } catch {
    throw new InputError(
      `entityRef: "${text}" is not an entity ref such as resource:default/orders`,
    );
  }
}

function readOrder(params: URLSearchParams): 'asc' | 'desc' {
  const order = params.get('order') || 'desc';
  if (order !== 'asc' && order !== 'desc') {
    throw new InputError(`order: "${order}" is neither asc nor desc`);
  }
  return order;
}

function readLimit(params: URLSearchParams): number {
  const text = params.get('limit') || String(DEFAULT_LIMIT);
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(limit >= 1 && limit <= MAX_LIMIT)) {
    throw new InputError(
      `limit: "${text}" is not a whole number from 1 to ${MAX_LIMIT}`,
    );
  }
  return limit;
}

/**
 * Reads the query parameters of a request for events.
 *
 * @param request - the request
 * @param others - parameters beside those of the filter that it takes
 * @throws `InputError` that names the parameter; a parameter that is not known
 * is a fault too, for a filter that is misspelled must not choose everything
 */
export function readEventsQuery(
  request: Request,
  others: string[],
): EventsQuery {
  const params = queryParams(request);
  for (const name of params.keys()) {
    if (!FILTER_PARAMS.includes(name) && !others.includes(name)) {
      throw new InputError(
        `${name.slice(0, 64)}: there is no such parameter; there are ${[
          ...FILTER_PARAMS,
          ...others,
        ].join(', ')}`,
      );
    }
  }
  const filter = auditEventFilterFromParams(params);
  const entityRef = readEntityRef(params);
  const order = readOrder(params);
  return {
    filter,
    criteria: withEntity(filter, entityRef),
    order,
    limit: readLimit(params),
    cursor: params.get('cursor') || undefined,
    fingerprint: JSON.stringify([
      auditEventFilterToParams(filter).toString(),
      entityRef ?? null,
      order,
    ]),
  };
}

function withEntity(
  filter: AuditEventFilter,
  entityRef: string | undefined,
): AuditEventCriteria {
  return entityRef ? both({ ofEntity: entityRef }, { filter }) : { filter };
}

/**
 * Reads a request for facets. Each field's own choice is left out of its
 * facet, so that the facet shows what else could be chosen.
 */
export function readFacetRequest(request: Request): FacetRequest {
  const { filter, criteria } = readEventsQuery(request, []);
  const entityRef = readEntityRef(queryParams(request));
  const chosen = FACET_FIELDS.filter(
    field => filter[field] || filter.not?.[field],
  );
  return {
    criteria,
    criteriaByField: Object.fromEntries(
      chosen.map(field => [
        field,
        withEntity(
          {
            ...filter,
            [field]: undefined,
            not: { ...filter.not, [field]: undefined },
          },
          entityRef,
        ),
      ]),
    ),
  };
}

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  AUDIT_EVENT_FILTER_PARAMS,
  entityResourceKey,
  parseResourceKey,
  auditEventFilterFromParams,
  auditEventFilterParts,
  auditEventFilterToParams,
  TRAIL_READ_TYPES,
  withoutFilterPart,
  type AuditEventFilter,
  type AuditEventSearchField,
} from 'backstage-plugin-audit-trail-common';
import type { Request } from 'express';
import { FACET_FIELDS, type FacetField } from '../database/AuditEventsStore';
import {
  both,
  EVERYTHING,
  type AuditEventCriteria,
} from '../database/criteria';
import type {
  FacetRequest,
  ValuesRequest,
  WaysOutRequest,
} from './AuditEvents';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
/** Longest text to find a value by, in characters. */
const MAX_FIND_LENGTH = 100;
/** Parts of a filter that ways out are tried for, apart from the last two. */
const MAX_TRIED_PARTS = 6;

const SEARCH_FIELDS: readonly AuditEventSearchField[] = ['actors', 'resources'];

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
 * @param params - the parameters
 * @param others - parameters beside those of the filter that it takes
 * @throws `InputError` that names the parameter; a parameter that is not known
 * is a fault too, for a filter that is misspelled must not choose everything
 */
export function readEventsQuery(
  params: URLSearchParams,
  others: string[],
): EventsQuery {
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

/** An activity is chosen by itself or with its area: the two are one choice. */
const CHOSEN_TOGETHER: FacetField[] = ['types', 'categories'];

/** The fields that are chosen together with one. */
const chosenWith = (field: FacetField): FacetField[] =>
  CHOSEN_TOGETHER.includes(field) ? CHOSEN_TOGETHER : [field];

function withoutFields(
  filter: AuditEventFilter,
  fields: FacetField[],
): AuditEventFilter {
  const none = Object.fromEntries(fields.map(field => [field, undefined]));
  return { ...filter, ...none, not: { ...filter.not, ...none } };
}

/**
 * Reads a request for facets. Each field's own choice is left out of its
 * facet, so that the facet shows what else could be chosen.
 */
export function readFacetRequest(request: Request): FacetRequest {
  const params = queryParams(request);
  const { filter, criteria } = readEventsQuery(params, []);
  const entityRef = readEntityRef(params);
  const chosen = FACET_FIELDS.filter(field =>
    chosenWith(field).some(other => filter[other] || filter.not?.[other]),
  );
  return {
    criteria,
    criteriaByField: Object.fromEntries(
      chosen.map(field => [
        field,
        withEntity(withoutFields(filter, chosenWith(field)), entityRef),
      ]),
    ),
  };
}

/** Reads a request for what happened around an event. */
export function readRelatedRequest(request: Request): {
  id: string;
  criteria: AuditEventCriteria;
} {
  const params = queryParams(request);
  for (const name of params.keys()) {
    if (name !== 'entityRef') {
      throw new InputError(
        `${name.slice(0, 64)}: there is no such parameter; there is entityRef`,
      );
    }
  }
  const entityRef = readEntityRef(params);
  return {
    id: request.params.id.toLowerCase(),
    criteria: entityRef ? { ofEntity: entityRef } : EVERYTHING,
  };
}

/** Reads a request for the values of a field, which its path names. */
export function readValuesRequest(request: Request): ValuesRequest {
  const field = SEARCH_FIELDS.find(name => name === request.params.field);
  if (!field) {
    throw new InputError(
      `field: only ${SEARCH_FIELDS.join(' and ')} can be searched`,
    );
  }
  const params = queryParams(request);
  const { filter, criteria } = readEventsQuery(params, ['find']);
  const find = params.get('find')?.trim() ?? '';
  if (!find || find.length > MAX_FIND_LENGTH) {
    throw new InputError(
      `find: has to have 1 to ${MAX_FIND_LENGTH} characters`,
    );
  }
  return {
    criteria,
    field,
    others: withEntity(withoutFields(filter, [field]), readEntityRef(params)),
    find,
  };
}

/**
 * Reads a request for ways out of a choice of nothing. If who viewed the trail
 * is left out, there is something to see only if there is something else.
 */
export function readWaysOutRequest(request: Request): WaysOutRequest {
  const params = queryParams(request);
  const { filter, criteria } = readEventsQuery(params, []);
  const entityRef = readEntityRef(params);
  const parts = auditEventFilterParts(filter);
  const views = parts.some(({ kind }) => kind === 'views');
  const isLast = ({ kind }: (typeof parts)[number]) =>
    kind === 'time' || kind === 'views';
  const tried = [
    ...parts.filter(part => !isLast(part)).slice(0, MAX_TRIED_PARTS),
    ...parts.filter(isLast),
  ];
  return {
    criteria,
    anything: withEntity(
      views ? { not: { types: [...TRAIL_READ_TYPES] } } : {},
      entityRef,
    ),
    ways: tried.map(drop => ({
      drop,
      criteria: withEntity(withoutFilterPart(filter, drop), entityRef),
    })),
  };
}

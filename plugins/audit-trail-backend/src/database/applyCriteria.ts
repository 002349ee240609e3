import {
  searchPhrases,
  searchWords,
  type AuditEventFilter,
  type AuditEventValues,
} from 'backstage-plugin-audit-trail-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { Knex } from 'knex';
import { highestAuditEventId, lowestAuditEventId } from './auditEventId';
import type { AuditEventCondition, AuditEventCriteria } from './criteria';
import { dialectOf } from './dialect';
import { ownedResourceKeys } from './ownership';

/** Columns by the list of a filter that looks at them. */
const COLUMN_BY_FIELD = {
  types: 'type',
  categories: 'category',
  actors: 'actor_id',
  actorTypes: 'actor_type',
  workspaces: 'workspace',
  sources: 'source',
  outcomes: 'outcome',
} satisfies { [field in keyof AuditEventValues]: string };

const fields = Object.keys(COLUMN_BY_FIELD) as (keyof typeof COLUMN_BY_FIELD)[];

/** Ids of the events that belong to one of some resources. */
function eventsOfResources(
  knex: Knex,
  keys: string[] | Knex.QueryBuilder,
): Knex.QueryBuilder {
  return knex('audit_event_resources')
    .select('event_id')
    .whereIn('resource_key', keys as string[]);
}

/** Narrows a query to the ids of events within the bounds of a filter. */
export function applyBounds(
  query: Knex.QueryBuilder,
  idColumn: string,
  { from, to }: Pick<AuditEventFilter, 'from' | 'to'>,
): void {
  if (from) {
    query.where(idColumn, '>=', lowestAuditEventId(Date.parse(from)));
  }
  if (to) {
    query.where(idColumn, '<=', highestAuditEventId(Date.parse(to)));
  }
}

/** Narrows a query to events with all words and phrases of a search. */
export function applyText(
  query: Knex.QueryBuilder,
  knex: Knex,
  text: string,
): void {
  const words = searchWords(text);
  if (words.length === 0) {
    return;
  }
  // Words are letters and digits only, so they need no escaping.
  if (dialectOf(knex) === 'postgres') {
    query.whereRaw(
      `array_to_tsvector(string_to_array(audit_events.search_text, ' ')) @@ ?::tsquery`,
      [words.map(word => `'${word}':*`).join(' & ')],
    );
  } else {
    for (const word of words) {
      query.whereRaw(`' ' || audit_events.search_text like ?`, [`% ${word}%`]);
    }
  }
  for (const phrase of searchPhrases(text)) {
    query.whereRaw(`' ' || audit_events.search_text || ' ' like ?`, [
      `% ${phrase} %`,
    ]);
  }
}

function applyFilter(
  query: Knex.QueryBuilder,
  knex: Knex,
  filter: AuditEventFilter,
) {
  for (const field of fields) {
    const column = `audit_events.${COLUMN_BY_FIELD[field]}`;
    const wanted = filter[field];
    if (wanted && wanted.length > 0) {
      query.whereIn(column, wanted as string[]);
    }
    const unwanted = filter.not?.[field];
    if (unwanted && unwanted.length > 0) {
      query.whereNotIn(column, unwanted as string[]);
    }
  }
  if (filter.resources && filter.resources.length > 0) {
    query.whereIn('audit_events.id', eventsOfResources(knex, filter.resources));
  }
  const unwanted = filter.not?.resources;
  if (unwanted && unwanted.length > 0) {
    query.whereNotIn('audit_events.id', eventsOfResources(knex, unwanted));
  }
  if (filter.harmful !== undefined) {
    query.whereRaw(
      filter.harmful ? 'audit_events.harmful' : 'not audit_events.harmful',
    );
  }
  applyBounds(query, 'audit_events.id', filter);
  if (filter.text) {
    applyText(query, knex, filter.text);
  }
}

function applyCondition(
  query: Knex.QueryBuilder,
  knex: Knex,
  condition: AuditEventCondition,
) {
  if ('filter' in condition) {
    applyFilter(query, knex, condition.filter);
    return;
  }
  if ('ids' in condition) {
    query.whereIn('audit_events.id', condition.ids);
    return;
  }
  const keys =
    'ownedBy' in condition
      ? ownedResourceKeys(knex, condition.ownedBy)
      : knex('audit_resource_owners')
          .select('resource_key')
          .where({ entity_ref: condition.ofEntity });
  query.whereIn('audit_events.id', eventsOfResources(knex, keys));
}

/**
 * Narrows a query on `audit_events` to what criteria choose. The one place
 * where filters and permission decisions become SQL.
 */
export function applyCriteria(
  query: Knex.QueryBuilder,
  knex: Knex,
  criteria: AuditEventCriteria,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      query.andWhere(inner => {
        // An empty group would be invalid SQL.
        inner.whereRaw('1 = 1');
        applyCriteria(inner, knex, part);
      });
    }
  } else if (isOrCriteria(criteria)) {
    query.andWhere(outer => {
      outer.whereRaw('1 = 0');
      for (const part of criteria.anyOf) {
        outer.orWhere(inner => {
          inner.whereRaw('1 = 1');
          applyCriteria(inner, knex, part);
        });
      }
    });
  } else if (isNotCriteria(criteria)) {
    query.whereNot(inner => {
      inner.whereRaw('1 = 1');
      applyCriteria(inner, knex, criteria.not);
    });
  } else {
    applyCondition(query, knex, criteria);
  }
}

import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type {
  AuditEventSearchField,
  FoundFacetValues,
} from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import type { AuditEventsStore } from '../AuditEventsStore';
import { countMatching } from '../countEvents';
import type { AuditEventCriteria } from '../criteria';
import { planText } from '../planText';
import { runQuery } from '../runQuery';
import { bestMatches, toFoundFacet, type KnownValue } from './valueMatches';
import {
  chosenValuesQuery,
  countValuesQuery,
  everyValueQuery,
  MAX_VALUE_COUNT,
  MAX_VALUE_EVENTS,
} from './valueQueries';

/** Whether criteria choose the events of an entity, which are few. */
function namesEntity(criteria: AuditEventCriteria): boolean {
  if (isAndCriteria(criteria)) {
    return criteria.allOf.some(namesEntity);
  }
  if (isOrCriteria(criteria)) {
    return criteria.anyOf.some(namesEntity);
  }
  return isNotCriteria(criteria)
    ? namesEntity(criteria.not)
    : 'ofEntity' in criteria;
}

/** How many events some values have. */
async function countValues(
  knex: Knex,
  field: AuditEventSearchField,
  values: string[],
  criteria: AuditEventCriteria,
): Promise<Map<string, number>> {
  if (values.length === 0) {
    return new Map();
  }
  const rows = await runQuery<{ value: string; count: number | string }[]>(
    knex,
    countValuesQuery(knex, field, values, criteria),
  );
  return new Map(rows.map(({ value, count }) => [value, Number(count)]));
}

/** Finds values of a field, as an `AuditEventsStore` does. */
export async function findValues(
  knex: Knex,
  options: Parameters<AuditEventsStore['findValues']>[0],
): Promise<FoundFacetValues> {
  const { field, find } = options;
  const criteria = await planText(knex, options.criteria);
  if (!options.ofAll || namesEntity(criteria)) {
    const [known, events] = await Promise.all([
      runQuery<KnownValue[]>(knex, chosenValuesQuery(knex, field, criteria)),
      countMatching(knex, criteria, { limit: MAX_VALUE_EVENTS + 1 }),
    ]);
    const capped = events > MAX_VALUE_EVENTS;
    const { found, complete } = bestMatches(known, find);
    return {
      items: found.map(one => toFoundFacet(one, Number(one.count), capped)),
      complete: complete && !capped,
    };
  }
  const { found, complete } = bestMatches(
    await runQuery<KnownValue[]>(knex, everyValueQuery(knex, field)),
    find,
  );
  const counts = await countValues(
    knex,
    field,
    found.map(({ value }) => value),
    criteria,
  );
  const items = found.flatMap(one => {
    const count = counts.get(one.value) ?? 0;
    const shown = Math.min(count, MAX_VALUE_COUNT);
    return count > 0 ? [toFoundFacet(one, shown, count > shown)] : [];
  });
  return { items, complete };
}

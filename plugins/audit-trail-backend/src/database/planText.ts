import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { Knex } from 'knex';
import { applyText } from './applyCriteria';
import type { AuditEventCriteria } from './criteria';
import { dialectOf } from './dialect';
import { runQuery } from './runQuery';

/** Runs a query within the store's time limit. */
type RunQuery = <T>(query: Knex.QueryBuilder) => Promise<T>;

/** Events with words that are rarer than this are looked up first. */
const MAX_RARE_EVENTS = 2_000;

/**
 * The ids of the events with some words, `undefined` if they are many. In a
 * common table expression of its own, so that PostgreSQL does not count on
 * finding a page of them soon and takes the index of words.
 */
async function rareEvents(
  knex: Knex,
  text: string,
  run: RunQuery,
): Promise<string[] | undefined> {
  const matching = knex('audit_events').select('id');
  applyText(matching, knex, text);
  const ids = await run<string[]>(
    knex
      .withMaterialized('matching', matching)
      .from('matching')
      .limit(MAX_RARE_EVENTS + 1)
      .pluck('id'),
  );
  return ids.length > MAX_RARE_EVENTS ? undefined : ids;
}

/**
 * Criteria that choose the same events, but name those with rare words. On
 * PostgreSQL a page of them is otherwise looked for from the newest event on,
 * as its planner cannot know how rare a word is: up to a scan of all events.
 * Events with frequent words are found soon in that way.
 */
export async function planText(
  knex: Knex,
  criteria: AuditEventCriteria,
  run: RunQuery = query => runQuery(knex, query),
): Promise<AuditEventCriteria> {
  if (dialectOf(knex) !== 'postgres') {
    return criteria;
  }
  const planAll = async (
    parts: [AuditEventCriteria, ...AuditEventCriteria[]],
  ) => {
    const [first, ...others] = parts;
    return [
      await planText(knex, first, run),
      ...(await Promise.all(others.map(part => planText(knex, part, run)))),
    ] as typeof parts;
  };
  if (isAndCriteria(criteria)) {
    return { allOf: await planAll(criteria.allOf) };
  }
  if (isOrCriteria(criteria)) {
    return { anyOf: await planAll(criteria.anyOf) };
  }
  if (isNotCriteria(criteria)) {
    return { not: await planText(knex, criteria.not, run) };
  }
  if (!('filter' in criteria) || !criteria.filter.text) {
    return criteria;
  }
  const { text, ...others } = criteria.filter;
  const ids = await rareEvents(knex, text, run);
  return ids ? { allOf: [{ ids }, { filter: others }] } : criteria;
}

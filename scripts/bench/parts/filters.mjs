import { alternate, timed } from '../measure.mjs';
import { formatCount, timesTable } from '../report.mjs';
import {
  ABSENT_WORD,
  FREQUENT_WORD,
  RARE_WORD,
  SELDOM_WORD,
} from '../workspace.mjs';

/** So many events lie before the deep page. */
const DEPTH = 100_000;
const MAX_LIMIT = 500;
/** What takes longer is asked for once only. */
const SLOW_MS = 3_000;

/** Follows cursors until so many events are passed; resolves to the last. */
async function deepCursor(client, params, depth) {
  let cursor;
  for (let passed = 0; passed < depth; passed += MAX_LIMIT) {
    const { pageInfo } = await client.get('/events', {
      ...params,
      limit: String(MAX_LIMIT),
      ...(cursor && { cursor }),
    });
    cursor = pageInfo.nextCursor;
  }
  return cursor;
}

/** The total that a page tells. */
function totalOf(page) {
  const more = page.totalItemsCapped ? ' and more' : '';
  return `${formatCount(page.totalItems)}${more}`;
}

/**
 * Asks for each page once, for its total and to tell apart those that take so
 * long that asking for them hundreds of times would take hours.
 */
async function askOnce(client, pages) {
  const found = { asked: {}, slow: {}, totals: {}, failures: [] };
  for (const [name, params] of Object.entries(pages)) {
    const ask = () => client.get('/events', params);
    try {
      const duration = await timed(async () => {
        found.totals[name] = totalOf(await ask());
      });
      if (duration < SLOW_MS) {
        found.asked[name] = ask;
      } else {
        found.slow[name] = { median: duration, p99: duration };
        found.totals[name] += ', asked once';
      }
    } catch (error) {
      found.failures.push(`${name}: ${error.message}`);
    }
  }
  return found;
}

/** What an Owner may ask for, each against the first page. */
export async function measureFilters(stage) {
  const { large, options, activities, workspace, firstPage } = stage;
  const { owner } = large;
  const depth = Math.min(DEPTH, large.events / 2);
  const cursor = await deepCursor(owner, firstPage, depth);
  const [{ kind, id }] = workspace.resources;
  const pageWith = params => ({ ...firstPage, ...params });
  const pages = {
    'the first page': firstPage,
    'one type, the most frequent': pageWith({ type: activities[0].type }),
    'one resource, the most frequent source': pageWith({
      resource: `segment:${kind}:${id}`,
    }),
    'text: a word of nearly all events': pageWith({ q: FREQUENT_WORD }),
    'text: a word of few in a thousand': pageWith({ q: SELDOM_WORD }),
    'text: a rare word': pageWith({ q: RARE_WORD }),
    'text: a word that no event had': pageWith({ q: ABSENT_WORD }),
    [`the page behind ${formatCount(depth)} events, by cursor`]: pageWith({
      cursor,
    }),
  };
  const { asked, slow, totals, failures } = await askOnce(owner, pages);
  const times = await alternate(
    {
      ...asked,
      'all facets of the first page': () =>
        owner.get('/events/facets', { from: firstPage.from }),
      'actors, found by two letters': () =>
        owner.get('/events/facets/actors', {
          from: firstPage.from,
          find: workspace.actors[0].name.slice(0, 2),
        }),
      'resources, found by two letters': () =>
        owner.get('/events/facets/resources', {
          from: firstPage.from,
          find: id.slice(0, 2),
        }),
    },
    { rounds: options.requests },
  );
  return {
    title: 'What an Owner asks for, against the first page',
    tables: [
      timesTable(
        Object.fromEntries(
          Object.entries({ ...times, ...slow }).map(([name, time]) => [
            name,
            { ...time, note: totals[name] ?? '' },
          ]),
        ),
        'events',
      ),
    ],
    notes: [
      `${
        options.requests
      } requests each over HTTP, alternately, of ${formatCount(
        large.events,
      )} events. The column "events" is the total that the page tells, which is counted up to 10,000. Reading is recorded, so a search finds the record of itself, once.`,
    ],
    failures,
  };
}

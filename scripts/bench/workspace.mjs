import { createRandom } from '../../examples/segment/random.mjs';
import { DEMO_USERS } from '../lib/portal.mjs';

export const WORKSPACE_ID = 'VWDxzzIpI5';

/** How many resources of each kind the catalog has. */
const RESOURCES = { source: 14_000, warehouse: 4_000, space: 2_000 };

/** Every fourth resource is owned by the engineer's team. */
const OWNERS = [
  'group:default/web-team',
  'group:default/data-platform',
  'group:default/marketing',
  'group:default/data-platform',
];

const ACTORS = 2_000;
const SENTENCES = 5_000;
const VOCABULARY = 2_000;

/** So many events have the rare word, however many there are. */
export const RARE_EVENTS = 20;
export const RARE_WORD = 'zyzzyva';

/** One of so many events has the seldom word. */
export const EVENTS_PER_SELDOM_WORD = 300;
export const SELDOM_WORD = 'xylophone';

export const ABSENT_WORD = 'quetzalcoatlus';

/** A word of nearly all events. */
export const FREQUENT_WORD = 'segment';

const FIRST_NAMES =
  'Ada Ben Cleo Dan Eva Finn Gita Hugo Ines Jan Kaja Leo Mira Nils Olga Petar Quinn Rosa Sven Tara';
const LAST_NAMES =
  'Adler Brandt Costa Dvorak Ekman Fischer Garcia Horvat Ivanov Jensen Kovac Larsen Meyer Novak Ortiz Petrov Quist Rossi Silva Tanaka';

const many = (length, make) =>
  Array.from({ length }, (_, index) => make(index));

function actor(random, index) {
  const id = random.letters(10);
  const name = [FIRST_NAMES, LAST_NAMES]
    .map(names => random.pick(names.split(' ')))
    .join(' ');
  switch (index % 20) {
    case 17:
      return { type: 'access-token', id, name: `token ${index}` };
    case 18:
      return { type: 'service', id, name: `service ${index}` };
    case 19:
      return { type: 'system', id };
    default:
      return {
        type: 'user',
        id,
        name,
        email: `${name.toLowerCase().replace(' ', '.')}.${index}@example.com`,
      };
  }
}

/**
 * The Segment workspace that the events are about, always the same: who acts,
 * what they act upon and which words they use.
 */
export function createWorkspace() {
  const random = createRandom(90);
  const vocabulary = many(VOCABULARY, () =>
    random.letters(3 + random.below(8)).toLowerCase(),
  );
  const resources = Object.entries(RESOURCES).flatMap(([kind, count]) =>
    many(count, n => ({
      kind,
      n,
      id: random.letters(10),
      name: `${random.pick(vocabulary)} ${random.pick(vocabulary)}`,
      owner: OWNERS[n % OWNERS.length],
    })),
  );
  return {
    resources,
    owned: resources.filter(({ owner }) => owner === OWNERS[0]),
    engineer: DEMO_USERS.engineer,
    actors: many(ACTORS, index => actor(random, index)),
    sentences: many(SENTENCES, () =>
      many(8, () => random.pick(vocabulary)).join(' '),
    ),
  };
}

/** Kinds of resources that events of a category are about. */
const PLACES = {
  'access-management': { part: 'user' },
  'destination-filters': { kind: 'source', part: 'destination-filter' },
  functions: { kind: 'source', part: 'source-function' },
  integrations: { kind: 'source', part: 'integration' },
  personas: { kind: 'space', part: 'audience' },
  protocols: { kind: 'source', part: 'tracking-plan' },
  warehouses: { kind: 'warehouse' },
};

/**
 * The activities of the workspace, the most frequent first.
 *
 * @param catalogue the catalogue of activities, as the API tells it
 */
export function workspaceActivities(catalogue) {
  const random = createRandom(7);
  return catalogue
    .filter(({ category }) => category !== 'audit-trail')
    .map(activity => ({ activity, place: random.below(1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ activity }) => ({
      type: activity.id,
      label: activity.label,
      originalType: activity.aliases[0] ?? activity.label,
      category: activity.category,
      verb: activity.verb,
      harmful: activity.harmful,
      kind: null,
      part: null,
      ...(PLACES[activity.category] ?? { kind: 'source' }),
    }));
}

import { seededRandom } from '../__testUtils__/events';
import {
  pairSightings,
  TOLERANCE_MS,
  type Seen,
  type Sighting,
} from './pairSightings';

type Told = [intake: 'webhook' | 'api', seconds: number];

/** The events that come of sightings, told in batches of one intake each. */
function eventsOf(batches: Told[][]): Seen[] {
  const events: Seen[] = [];
  for (const batch of batches) {
    for (const wanted of ['webhook', 'api']) {
      pairSightings<Seen, Sighting>({
        sightings: batch
          .filter(([intake]) => intake === wanted)
          .map(([intake, seconds]) => ({ intake, time: seconds * 1000 })),
        events,
        unite: () => {},
        add: ({ intake, time }) => ({ times: new Map([[intake, time]]) }),
      });
    }
  }
  return events;
}

const oneByOne = (told: Told[]) => told.map(one => [one]);

function permutations<T>(list: T[]): T[][] {
  return list.length < 2
    ? [list]
    : list.flatMap((one, at) =>
        permutations([...list.slice(0, at), ...list.slice(at + 1)]).map(
          rest => [one, ...rest],
        ),
      );
}

/** How many pairs there can be at most, by trying all. */
function mostPairs(webhook: number[], api: number[]): number {
  if (webhook.length === 0) {
    return 0;
  }
  const [time, ...others] = webhook;
  return Math.max(
    mostPairs(others, api),
    ...api.map((other, at) =>
      Math.abs(time - other) * 1000 <= TOLERANCE_MS
        ? 1 +
          mostPairs(
            others,
            api.filter((_, index) => index !== at),
          )
        : 0,
    ),
  );
}

describe('pairSightings', () => {
  // The second change comes a few seconds after the first; the API's clock is
  // a little ahead, behind, or tells whole seconds.
  it.each([
    [0, 3, 0, 3],
    [0, 3, 0.4, 3.4],
    [0.9, 3.9, 0, 3],
    [0, 4.8, -0.3, 4.5],
    [0, 4.8, 0.3, 5.1],
    [0, 9, 4, 13],
    [0, 0, 0, 0],
  ])(
    'keeps two equal changes two, whatever the order: %d, %d; %d, %d',
    (first, second, firstByApi, secondByApi) => {
      const webhook: Told[] = [
        ['webhook', first],
        ['webhook', second],
      ];
      const api: Told[] = [
        ['api', firstByApi],
        ['api', secondByApi],
      ];
      for (const order of permutations([...webhook, ...api])) {
        expect(eventsOf(oneByOne(order))).toHaveLength(2);
        expect(eventsOf([order.slice(0, 2), order.slice(2)])).toHaveLength(2);
        expect(eventsOf([order.slice(0, 3), order.slice(3)])).toHaveLength(2);
        expect(eventsOf([order])).toHaveLength(2);
      }
      // One delivery was lost.
      for (const delivered of webhook) {
        for (const order of permutations([delivered, ...api])) {
          expect(eventsOf(oneByOne(order))).toHaveLength(2);
          expect(eventsOf([order])).toHaveLength(2);
        }
      }
    },
  );

  it('pairs what comes together as it belongs together', () => {
    const [one, other] = eventsOf([
      [
        ['webhook', 0],
        ['webhook', 3],
      ],
      [
        ['api', 3.2],
        ['api', 0.2],
      ],
    ]);
    expect([...one.times.values()]).toEqual([0, 200]);
    expect([...other.times.values()]).toEqual([3000, 3200]);
  });

  it('unites nothing that is further apart than the tolerance', () => {
    expect(
      eventsOf(
        oneByOne([
          ['webhook', 0],
          ['api', 5.001],
        ]),
      ),
    ).toHaveLength(2);
    expect(
      eventsOf(
        oneByOne([
          ['webhook', 0],
          ['api', 5],
        ]),
      ),
    ).toHaveLength(1);
  });

  it('unites as many as can be paired, in any order and any batches', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 400; round++) {
      const moments = (count: number) =>
        Array.from({ length: count }, () => Math.round(random() * 300) / 10);
      const webhook = moments(Math.floor(random() * 6));
      const api = moments(Math.floor(random() * 6));
      const left: Told[] = [
        ...webhook.map((time): Told => ['webhook', time]),
        ...api.map((time): Told => ['api', time]),
      ].sort(() => random() - 0.5);
      const batches: Told[][] = [];
      while (left.length > 0) {
        batches.push(left.splice(0, 1 + Math.floor(random() * 4)));
      }
      expect(eventsOf(batches)).toHaveLength(
        webhook.length + api.length - mostPairs(webhook, api),
      );
    }
  });
});

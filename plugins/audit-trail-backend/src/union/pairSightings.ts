/**
 * How far apart two intakes may tell the time of one event. It is the same
 * clock that both tell, in Segment's case, but nobody says how finely.
 */
export const TOLERANCE_MS = 5_000;

/** How far around an event others are looked at that may be equal to it. */
export const NEIGHBOURHOOD_MS = 10 * TOLERANCE_MS;

/** An event as one intake tells of it. */
export interface Sighting {
  intake: string;
  /** Milliseconds since 1970. */
  time: number;
}

/** What an event is made of: when each intake says that it happened. */
export interface Seen {
  times: Map<string, number>;
}

/** When others than an intake say that an event happened. */
const otherTimes = ({ times }: Seen, intake: string): number[] =>
  [...times].filter(([other]) => other !== intake).map(([, time]) => time);

function distance(seen: Seen, { intake, time }: Sighting): number {
  return Math.min(
    ...otherTimes(seen, intake).map(other => Math.abs(other - time)),
  );
}

/** Whether each of some times can be paired with one of as many others. */
function canPair(times: number[], others: number[]): boolean {
  const ordered = [...others].sort((a, b) => a - b);
  return [...times]
    .sort((a, b) => a - b)
    .every((time, at) => Math.abs(time - ordered[at]) <= TOLERANCE_MS);
}

/**
 * The event that a sighting belongs to, among those that are equal but for
 * their time: the nearest within the tolerance that its intake has not told of.
 *
 * @remarks
 *
 * If there is none, but one of these events would be free if the others were
 * paired in another way, it is that one: as many are united as can be paired.
 * So how many events there are in the end does not depend on the order in which
 * they were told.
 */
export function findPartner<T extends Seen>(
  sighting: Sighting,
  events: T[],
): T | undefined {
  const { intake, time } = sighting;
  const free = events
    .filter(({ times }) => !times.has(intake))
    .sort((a, b) => distance(a, sighting) - distance(b, sighting));
  if (free.length === 0 || distance(free[0], sighting) <= TOLERANCE_MS) {
    return free[0];
  }
  const united = events.filter(
    ({ times }) => times.has(intake) && times.size > 1,
  );
  const own = [...united.map(({ times }) => times.get(intake)!), time];
  return free.find(one =>
    canPair(
      own,
      [...united, one].map(other => otherTimes(other, intake)[0]),
    ),
  );
}

/**
 * Finds the events of some sightings of one intake that are equal but for their
 * time. The nearest pair is found first, so that what comes together is paired
 * as it belongs together.
 *
 * @param add - makes an event of a sighting that has none
 */
export function pairSightings<T extends Seen, S extends Sighting>(options: {
  sightings: S[];
  events: T[];
  unite(sighting: S, event: T): void;
  add(sighting: S): T;
}): void {
  const { events, unite, add } = options;
  const waiting = [...options.sightings].sort((a, b) => a.time - b.time);
  const take = (sighting: S, event: T) => {
    event.times.set(sighting.intake, sighting.time);
    waiting.splice(waiting.indexOf(sighting), 1);
    unite(sighting, event);
  };
  for (;;) {
    const pairs = waiting.flatMap(sighting =>
      events
        .filter(({ times }) => !times.has(sighting.intake))
        .map(event => ({ sighting, event, apart: distance(event, sighting) })),
    );
    const [nearest] = pairs.sort((a, b) => a.apart - b.apart);
    if (!nearest || nearest.apart > TOLERANCE_MS) {
      break;
    }
    take(nearest.sighting, nearest.event);
  }
  for (const sighting of [...waiting]) {
    const event = findPartner(sighting, events);
    if (event) {
      take(sighting, event);
    } else {
      events.push(add(sighting));
    }
  }
}

import { alternate } from '../measure.mjs';
import { formatCount, timesTable } from '../report.mjs';

/** An Owner's first page of a small trail against that of a large one. */
export async function measureSize({ large, small, options, firstPage }) {
  const times = await alternate(
    Object.fromEntries(
      [small, large].map(({ events, owner }) => [
        `an Owner's first page of ${formatCount(events)} events`,
        () => owner.get('/events', firstPage),
      ]),
    ),
    { rounds: options.requests },
  );
  return {
    title: 'First page: a large trail against a small one',
    tables: [timesTable(times)],
    notes: [
      `${options.requests} requests each over HTTP, alternately; each trail has a backend and a database of its own on the same server.`,
    ],
  };
}

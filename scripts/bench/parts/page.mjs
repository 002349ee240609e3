import { alternate } from '../measure.mjs';
import { formatCount, timesTable } from '../report.mjs';

/** The newest events as PostgreSQL itself gives them, all columns. */
const NEWEST = 'select * from audit_events order by id desc limit 51';

/** An engineer's first page against an Owner's. */
export async function measurePage({ large, options, workspace, firstPage }) {
  const { owner, engineer, pg } = large;
  const seen = await engineer.get('/events', firstPage);
  if (seen.items.length !== 50) {
    throw new Error(
      `The engineer's first page has ${seen.items.length} events`,
    );
  }
  const times = await alternate(
    {
      "an Owner's first page": () => owner.get('/events', firstPage),
      "the engineer's first page": () => engineer.get('/events', firstPage),
      'for comparison: the newest 51 rows by SQL': () => pg.query(NEWEST),
    },
    { rounds: options.requests },
  );
  return {
    title: 'First page: the engineer against an Owner',
    tables: [timesTable(times)],
    notes: [
      `${
        options.requests
      } requests each over HTTP, alternately, of ${formatCount(
        large.events,
      )} events; the engineer owns ${formatCount(
        workspace.owned.length,
      )} resources. Target: the engineer's median at most 2 × an Owner's.`,
    ],
  };
}

import { parseArgs } from 'node:util';
import { SetupError } from '../lib/log.mjs';

const DATABASES = ['postgres', 'sqlite'];
const FAILURES = ['third', 'few'];

export const HELP = `npm run test:faults -- [options]

  --events N            events that are recorded (100000)
  --database NAME       postgres (two processes) or sqlite (one); both if left out
  --replicas N          processes on postgres (2)
  --kills N             ends after so many kills: events are recorded in step with
                        them; as many as there is time for, if left out
  --failures KIND       third: a third of all calls fails in several ways (the
                        default); few: 5 % answer 503, of 2 % the answer is lost
  --kill-every SECONDS  time between a start and the next kill, on average
                        (5; 15 where there is one process)
  --batch N             events of one call at a destination (200)
  --minutes N           longest time on a database (20)
  --outage SECONDS      instead: one of two destinations is away for so long
                        (with --backlog N: so many more wait in the end, as
                        after a longer time; with --trail N: the trail has
                        so many events before)
  --control             run a build that loses events; passes if the loss is found
  --pull                kill while Segment's Public API is read, on PostgreSQL
                        (with --events 20000, --kills 8, --minutes 20)
  --export              kill and go away in the middle of exports, on PostgreSQL
                        (with --events 100000, --points 10, --slow 60 seconds)
  --kill-database       kill PostgreSQL itself while events are recorded
                        (with --events 20000, --kills 10, --minutes 20, --control)
  --database-away SECONDS  take PostgreSQL away, refusing and not answering
  --foreign-transaction SECONDS  leave a transaction open meanwhile
  --terminate           end the backend while it does all it can, on PostgreSQL
                        (with --times 5, --events 20000 each time, --minutes 30)
  --auditor             kill during a burst of audited requests, on PostgreSQL
                        (with --events 10000, --kills 5, --minutes 20)
`;

function readNumber(values, name, least) {
  const number = Number(values[name]);
  if (!Number.isFinite(number) || number < least) {
    throw new SetupError(`--${name}: give a number from ${least} on`);
  }
  return number;
}

/** What the command line asks for. */
export function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        events: { type: 'string', default: '100000' },
        database: { type: 'string', multiple: true, default: DATABASES },
        'kill-every': { type: 'string' },
        kills: { type: 'string' },
        outage: { type: 'string' },
        backlog: { type: 'string', default: '0' },
        trail: { type: 'string', default: '0' },
        replicas: { type: 'string', default: '2' },
        failures: { type: 'string', default: 'third' },
        minutes: { type: 'string', default: '20' },
        batch: { type: 'string', default: '200' },
        control: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
  const unknown = values.database.find(name => !DATABASES.includes(name));
  if (unknown) {
    throw new SetupError(
      `--database: there is no "${unknown}"; there are ${DATABASES.join(', ')}`,
    );
  }
  if (!FAILURES.includes(values.failures)) {
    throw new SetupError(
      `--failures: there is no "${values.failures}"; there are ${FAILURES.join(
        ', ',
      )}`,
    );
  }
  return {
    failures: values.failures,
    replicas: Math.round(readNumber(values, 'replicas', 1)),
    outage: values.outage && readNumber(values, 'outage', 5),
    backlog: Math.round(readNumber(values, 'backlog', 0)),
    trail: Math.round(readNumber(values, 'trail', 0)),
    kills: values.kills && Math.round(readNumber(values, 'kills', 1)),
    help: values.help,
    control: values.control,
    events: Math.round(readNumber(values, 'events', 100)),
    databases: DATABASES.filter(name => values.database.includes(name)),
    killEverySeconds:
      values['kill-every'] && readNumber(values, 'kill-every', 0.5),
    minutes: readNumber(values, 'minutes', 1),
    batch: Math.round(readNumber(values, 'batch', 1)),
  };
}

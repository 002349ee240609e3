import { parseArgs } from 'node:util';
import { SetupError } from '../../lib/log.mjs';

/** What the command line asks for. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      terminate: { type: 'boolean' },
      times: { type: 'string', default: '5' },
      events: { type: 'string', default: '20000' },
      minutes: { type: 'string', default: '30' },
    },
  });
  const [times, events, minutes] = ['times', 'events', 'minutes'].map(name =>
    Number(values[name]),
  );
  if (!(times >= 1 && events >= 1_000 && minutes >= 1)) {
    throw new SetupError(
      '--times, --events and --minutes: give at least 1, 1000 and 1',
    );
  }
  return { times, events, minutes };
}

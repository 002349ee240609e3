import { parseArgs } from 'node:util';
import { SetupError } from '../../lib/log.mjs';

/** What the command line asks for. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      export: { type: 'boolean' },
      events: { type: 'string', default: '100000' },
      points: { type: 'string', default: '10' },
      slow: { type: 'string', default: '60' },
    },
  });
  const numbers = [values.events, values.points, values.slow].map(Number);
  if (!numbers.every(number => Number.isInteger(number) && number > 0)) {
    throw new SetupError(
      '--events, --points, --slow: give whole numbers from 1 on',
    );
  }
  const [events, points, slow] = numbers;
  return { events, points, slow };
}

import { parseArgs } from 'node:util';
import { SetupError } from '../lib/log.mjs';

export const HELP = `npm run bench -- [options]

  --events N     events of the large trail (1000000); the small one has a tenth
  --requests N   requests of each kind (200)
  --only PART    only this part: page, size, filters, histogram, browser, export,
                 ingest, forwarding or retention; repeatable
`;

function readNumber(values, name, least) {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least) {
    throw new SetupError(`--${name}: give a whole number from ${least} on`);
  }
  return number;
}

/** What the command line asks for. */
export function readOptions(args, allParts) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        events: { type: 'string', default: '1000000' },
        requests: { type: 'string', default: '200' },
        only: { type: 'string', multiple: true, default: allParts },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
  const unknown = values.only.find(part => !allParts.includes(part));
  if (unknown) {
    throw new SetupError(
      `--only: there is no part "${unknown}"; there are ${allParts.join(', ')}`,
    );
  }
  return {
    help: values.help,
    events: readNumber(values, 'events', 10_000),
    requests: readNumber(values, 'requests', 10),
    // In their own order: what writes to the trail comes last.
    parts: allParts.filter(part => values.only.includes(part)),
  };
}

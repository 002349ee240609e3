// Sets up what is missing: a supported Node, yarn and the dependencies.
import { main } from './lib/log.mjs';
import { onTermination } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';

onTermination();
await main(async () => {
  await setup();
});

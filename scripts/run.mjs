// Runs one of the repository's tools with what set-up provides:
//   node scripts/run.mjs prettier --check .
import { main } from './lib/log.mjs';
import { onTermination } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';

onTermination();
await main(async () => {
  const { tool } = await setup();
  return await tool(process.argv.slice(2));
});

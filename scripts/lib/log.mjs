/** Prints one short line on what is being done. */
export function say(message) {
  process.stdout.write(`[audit-trail] ${message}\n`);
}

/** An error that explains itself; its stack would only be in the way. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Runs a script's main function; an error ends the process with code 1. */
export async function main(run) {
  try {
    process.exitCode = (await run()) ?? process.exitCode ?? 0;
  } catch (error) {
    const text =
      error instanceof SetupError ? error.message : error?.stack ?? error;
    process.stderr.write(`[audit-trail] ${text}\n`);
    process.exitCode = 1;
  }
}

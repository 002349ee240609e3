import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const remove = directory => rmSync(directory, { recursive: true, force: true });

/**
 * Makes a directory for the time of this process: it is gone with it, however
 * that ends, but by SIGKILL.
 */
export function temporaryDirectory(name) {
  const directory = mkdtempSync(path.join(os.tmpdir(), `audit-trail-${name}-`));
  process.on('exit', () => remove(directory));
  return directory;
}

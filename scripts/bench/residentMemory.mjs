import { existsSync, readFileSync } from 'node:fs';

/** Bytes of memory that a process has now; undefined where nobody tells. */
export function residentMemory(pid) {
  const file = `/proc/${pid}/status`;
  const match =
    existsSync(file) && /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'));
  return match ? Number(match[1]) * 1024 : undefined;
}

import { printSection } from '../bench/report.mjs';

/**
 * Prints what a run found out, and what went otherwise than it must.
 *
 * @param {{ title: string, tables?: string[], facts: string[], failures: string[] }} findings
 * @returns {number} the exit code
 */
export function printFindings({ title, tables = [], facts, failures }) {
  const lines = [...facts, ...failures.map(what => `FAILED: ${what}`)];
  printSection({
    ...{ title, tables },
    notes: [lines.map(line => `- ${line}`).join('\n')],
  });
  return failures.length === 0 ? 0 : 1;
}

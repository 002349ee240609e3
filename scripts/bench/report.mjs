/** 1000000 as `1,000,000`. */
export const formatCount = count => Math.round(count).toLocaleString('en-US');

/** Milliseconds, in three digits or so. */
export function formatMs(ms) {
  const digits = [1, 10, 100].filter(limit => ms < limit).length;
  return `${ms.toFixed(digits)} ms`;
}

export const formatRatio = ratio => `${ratio.toFixed(2)} ×`;

export const formatRate = (rate, unit) => `${formatCount(rate)} ${unit}/s`;

export const formatMegabytes = bytes =>
  bytes === undefined ? 'not known here' : `${formatCount(bytes / 2 ** 20)} MB`;

/**
 * A table of Markdown: the first column to the left, all others, which are
 * figures, to the right.
 */
export function table(columns, rows) {
  const lines = [columns, ...rows].map(row => row.map(cell => cell ?? ''));
  const widths = columns.map((_, index) =>
    Math.max(3, ...lines.map(row => row[index].length)),
  );
  const line = cells => `| ${cells.join(' | ')} |`;
  const [head, ...body] = lines.map(row =>
    line(
      row.map((cell, index) =>
        index === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[index]),
      ),
    ),
  );
  const rule = line(
    widths.map((width, index) =>
      index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
    ),
  );
  return [head, rule, ...body].join('\n');
}

/**
 * A table of how long requests take, each against the first of them.
 *
 * @param {Record<string, { median: number, p99: number, note?: string }>} kinds
 */
export function timesTable(kinds, noteTitle) {
  const [[, base]] = Object.entries(kinds);
  return table(
    [
      'request',
      'median ÷ first',
      'p99 ÷ first',
      'median',
      'p99',
      ...(noteTitle ? [noteTitle] : []),
    ],
    Object.entries(kinds).map(([name, { median, p99, note }]) => [
      name,
      formatRatio(median / base.median),
      formatRatio(p99 / base.p99),
      formatMs(median),
      formatMs(p99),
      ...(noteTitle ? [note] : []),
    ]),
  );
}

const print = blocks => process.stdout.write(`\n${blocks.join('\n\n')}\n\n`);

/** Prints what the figures were measured on. */
export function printFacts(facts) {
  print([facts.map(fact => `- ${fact}`).join('\n')]);
}

/** Prints what one part measured, as Markdown. */
export function printSection({ title, tables, notes }) {
  print([`## ${title}`, ...tables, ...notes]);
}

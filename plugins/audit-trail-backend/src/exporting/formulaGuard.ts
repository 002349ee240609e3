/**
 * Characters that a cell must not begin with, as ranges of code points: what
 * makes a spreadsheet take a cell for a formula, and what it may skip on the way
 * to such a character, such as quotes and spaces of any kind.
 *
 * @remarks
 *
 * The apostrophe itself is one of them. So every cell that begins with an
 * apostrophe is a guarded one, and to take one away gives the value back.
 */
const GUARDED_RANGES: readonly (readonly [first: number, last: number])[] = [
  // Control characters, with tab, line feed and carriage return; the space.
  [0x01, 0x20],
  // " ' + - = @
  [0x22, 0x22],
  [0x27, 0x27],
  [0x2b, 0x2b],
  [0x2d, 0x2d],
  [0x3d, 0x3d],
  [0x40, 0x40],
  // More controls, the no-break space and the soft hyphen.
  [0x7f, 0xa0],
  [0xad, 0xad],
  // Spaces, marks without width, dashes and quotes of other scripts.
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x206f],
  // The minus sign, and the full-width space.
  [0x2212, 0x2212],
  [0x3000, 0x3000],
  // Small and full-width forms of them, and the byte order mark.
  [0xfe50, 0xfe6f],
  [0xfeff, 0xfeff],
  [0xff00, 0xff20],
];

const hex = (code: number) => `\\u{${code.toString(16)}}`;

const GUARDED = new RegExp(
  `^[${GUARDED_RANGES.map(([first, last]) => `${hex(first)}-${hex(last)}`).join(
    '',
  )}]`,
  'u',
);

/** Whether a text must not be a cell as it is. */
export function needsGuard(value: string): boolean {
  return GUARDED.test(value);
}

/** A cell that no spreadsheet runs as a formula. */
export function guardFormula(value: string): string {
  return needsGuard(value) ? `'${value}` : value;
}

/** The value of a guarded cell. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

import { auditEventIdTime } from '../database/auditEventId';
import { csvCell, guardedCell } from './csvLines';
import { catalogueLabel, resourceKeyParts } from './ExportRow';
import { unguardFormula } from './formulaGuard';
import type { LineBuffer } from './LineBuffer';

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const SPACE = 0x20;
const PLUS = 0x2b;

const ID_LENGTH = 36;
/** Labels that are remembered, before all of them are forgotten. */
const MAX_REMEMBERED = 5_000;

/** Where the cell that begins at `start` ends. */
function cellEnd(line: Buffer, start: number): number {
  if (line[start] !== QUOTE) {
    return line.indexOf(COMMA, start);
  }
  for (let at = start + 1; ; at += 2) {
    at = line.indexOf(QUOTE, at);
    if (line[at + 1] !== QUOTE) {
      return at + 1;
    }
  }
}

/** The value of a cell. */
const cellValue = (cell: string) =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** Whether a byte is a letter or a digit of ASCII. */
const isPlain = (byte: number) =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x30 && byte <= 0x39);

/** `2026-11-25 22:53:23.1+00` as `2026-11-25T22:53:23.100Z`. */
function isoTime(line: Buffer, start: number, end: number): string {
  const text = line.toString('latin1', start, end);
  return line[start + 10] === SPACE && line[end - 3] === PLUS
    ? `${text.slice(0, 10)}T${text.slice(11, -3)}${
        ['.000', '', '00', '0', ''][end - start - 22]
      }Z`
    : new Date(text).toISOString();
}

/**
 * Makes the lines of a file of those that PostgreSQL copied out: the first
 * columns anew, the others as they are.
 */
export class CopiedCsvLines {
  readonly #entityRefs: Map<string, string>;
  /** Cells of label by cell of type; empty if the catalogue has none. */
  readonly #labels = new Map<string, string>();

  /** @param entityRefs - entities by the keys of the resources they stand for */
  constructor(entityRefs: Map<string, string>) {
    this.#entityRefs = entityRefs;
  }

  /** Adds a line that was copied with the select list of CSV. */
  add(line: Buffer, buffer: LineBuffer): void {
    const recordedAt = ID_LENGTH + 1;
    const recordedAtEnd = line.indexOf(COMMA, recordedAt);
    const type = recordedAtEnd + 1;
    const typeEnd = cellEnd(line, type);
    const original = typeEnd + 1;
    const originalEnd = cellEnd(line, original);
    const ownLabel = originalEnd + 1;
    const ownLabelEnd = cellEnd(line, ownLabel);
    const key = ownLabelEnd + 1;
    const keyEnd = cellEnd(line, key);

    const id = line.toString('latin1', 0, ID_LENGTH);
    const occurredAt = new Date(auditEventIdTime(id)).toISOString();
    buffer.addText(
      `${id},${occurredAt},${isoTime(line, recordedAt, recordedAtEnd)},`,
    );
    buffer.addPiece(line, type, original);
    const label = this.#label(line.toString('utf8', type, typeEnd));
    if (label) {
      buffer.addText(label);
    } else if (ownLabelEnd > ownLabel) {
      buffer.addPiece(line, ownLabel, key);
    } else {
      buffer.addPiece(line, original, ownLabel);
    }
    buffer.addPiece(line, original, ownLabel);
    buffer.addPiece(line, key, keyEnd + 1);
    this.#addResource(line, key, keyEnd, buffer);
    buffer.addPiece(line, keyEnd + 1, line.length);
    buffer.endLine();
  }

  #label(typeCell: string): string {
    let label = this.#labels.get(typeCell);
    if (label === undefined) {
      const text = catalogueLabel(unguardFormula(cellValue(typeCell)));
      label = text === undefined ? '' : `${guardedCell(text)},`;
      if (this.#labels.size >= MAX_REMEMBERED) {
        this.#labels.clear();
      }
      this.#labels.set(typeCell, label);
    }
    return label;
  }

  /** Adds what follows from the resource key: kind, id, and entity. */
  #addResource(line: Buffer, start: number, end: number, buffer: LineBuffer) {
    const cell = line.toString('utf8', start, end);
    const type = line.indexOf(COLON, start) + 1;
    const id = line.indexOf(COLON, type) + 1;
    let key = cell;
    if (line[start] !== QUOTE && isPlain(line[id])) {
      buffer.addPiece(line, type, id - 1);
      buffer.addText(',');
      // With the comma after it.
      buffer.addPiece(line, id, end + 1);
    } else {
      key = cellValue(cell);
      const parts = resourceKeyParts(key);
      buffer.addText(`${csvCell(parts.type)},${guardedCell(parts.id)},`);
    }
    const entityRef = this.#entityRefs.get(key);
    buffer.addText(entityRef ? `${guardedCell(entityRef)},` : ',');
  }
}

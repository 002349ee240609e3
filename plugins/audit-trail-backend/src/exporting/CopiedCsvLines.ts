import {
  cellEnd,
  copyGuardedCell as copyCell,
  copyPiece as copy,
  guardPlace,
} from './copiedCells';
import { csvCell, guardedCell, REST_GUARDED } from './csvLines';
import { catalogueLabel, resourceKeyParts } from './exportValues';
import { ISO_TIME_LENGTH, IsoTimes } from './IsoTimes';
import type { LineBuffer } from './LineBuffer';

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

const ID_LENGTH = 36;
/** Labels that are remembered, before all of them are forgotten. */
const MAX_REMEMBERED = 5_000;
/** How many apostrophes there can be: before type, its spelling and label, too. */
const MAX_GUARDS = REST_GUARDED.length + 3;
const NOTHING = Buffer.from(',');

/** The value of a cell. */
const cellValue = (cell: string) =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** Whether a byte is a letter or a digit of ASCII. */
const isPlain = (byte: number) =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x30 && byte <= 0x39);

const digit = (byte: number) => (byte < 0x60 ? byte - 0x30 : byte - 0x57);

/** The time in the id that a line begins with. */
function idTime(line: Buffer): number {
  let time = 0;
  for (let at = 0; at < 13; at++) {
    // Twelve digits, with a hyphen after the eighth.
    if (at !== 8) {
      time = time * 16 + digit(line[at]);
    }
  }
  return time;
}

/** Copies the other columns, of which few cells have to be guarded. */
function copyRest(target: Buffer, at: number, line: Buffer, start: number) {
  let end = at;
  let copied = start;
  let cell = start;
  for (const guarded of REST_GUARDED) {
    const place = guarded ? guardPlace(line, cell) : -1;
    if (place >= 0) {
      end = copy(target, end, line, copied, place);
      target[end] = APOSTROPHE;
      end++;
      copied = place;
    }
    cell = cellEnd(line, cell) + 1;
  }
  return copy(target, end, line, copied, line.length);
}

/** A text as a key to look something up by its bytes, without decoding them. */
const bytesKey = (text: string) => Buffer.from(text).toString('latin1');

/**
 * Makes the lines of a file of those that PostgreSQL copied out: the first
 * columns anew, the others as they are.
 */
export class CopiedCsvLines {
  readonly #times = new IsoTimes();
  /** Cells of entities, by the bytes of the keys of their resources. */
  readonly #entityRefs: Map<string, Buffer>;
  /** Cells of labels, by the bytes of cells of types; none if the catalogue has none. */
  readonly #labels = new Map<string, Buffer | undefined>();

  /** @param entityRefs - entities by the keys of the resources they stand for */
  constructor(entityRefs: Map<string, string>) {
    this.#entityRefs = new Map(
      [...entityRefs].map(([key, entityRef]) => [
        bytesKey(key),
        Buffer.from(`${guardedCell(entityRef)},`),
      ]),
    );
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

    // Without a label of the catalogue it is the source's, or its spelling.
    const label = this.#label(line, type, typeEnd);
    const [from, to] =
      ownLabelEnd > ownLabel ? [ownLabel, key] : [original, ownLabel];
    const resource = this.#resource(line, key, keyEnd);
    // The times, and at most the label and the resource key once more.
    const room =
      line.length +
      2 * (ISO_TIME_LENGTH + 1) +
      (label?.length ?? to - from) +
      (resource.cells?.length ?? keyEnd + 2 - key) +
      resource.entityRef.length +
      MAX_GUARDS;

    const part = buffer.reserve(room);
    let at = copy(part, buffer.end, line, 0, ID_LENGTH + 1);
    this.#times.write(part, at, idTime(line));
    at += ISO_TIME_LENGTH;
    part[at] = COMMA;
    at++;
    this.#times.copy(part, at, line, recordedAt, recordedAtEnd);
    at += ISO_TIME_LENGTH;
    part[at] = COMMA;
    at++;
    at = copyCell(part, at, line, type, original);
    at = label
      ? copy(part, at, label, 0, label.length)
      : copyCell(part, at, line, from, to);
    at = copyCell(part, at, line, original, ownLabel);
    at = copy(part, at, line, key, keyEnd + 1);
    if (resource.cells) {
      at = copy(part, at, resource.cells, 0, resource.cells.length);
    } else {
      at = copy(part, at, line, resource.type, resource.id - 1);
      part[at] = COMMA;
      at = copy(part, at + 1, line, resource.id, keyEnd + 1);
    }
    at = copy(part, at, resource.entityRef, 0, resource.entityRef.length);
    at = copyRest(part, at, line, keyEnd + 1);
    buffer.extend(at);
    buffer.endLine();
  }

  /** The cell of an activity's label, if the catalogue has one. */
  #label(line: Buffer, start: number, end: number): Buffer | undefined {
    const bytes = line.toString('latin1', start, end);
    if (!this.#labels.has(bytes)) {
      if (this.#labels.size >= MAX_REMEMBERED) {
        this.#labels.clear();
      }
      const cell = line.toString('utf8', start, end);
      const label = catalogueLabel(cellValue(cell));
      this.#labels.set(
        bytes,
        label === undefined ? undefined : Buffer.from(`${guardedCell(label)},`),
      );
    }
    return this.#labels.get(bytes);
  }

  /**
   * What follows from a resource key: where kind and id stand in it, or both as
   * `cells` of their own if they cannot stay as they are; and its entity.
   */
  #resource(line: Buffer, start: number, end: number) {
    const type = line.indexOf(COLON, start) + 1;
    const id = line.indexOf(COLON, type) + 1;
    if (line[start] !== QUOTE && isPlain(line[id])) {
      const bytes = line.toString('latin1', start, end);
      const entityRef = this.#entityRefs.get(bytes) ?? NOTHING;
      return { type, id, entityRef, cells: undefined };
    }
    const key = cellValue(line.toString('utf8', start, end));
    const parts = resourceKeyParts(key);
    return {
      ...{ type, id },
      entityRef: this.#entityRefs.get(bytesKey(key)) ?? NOTHING,
      cells: Buffer.from(`${csvCell(parts.type)},${guardedCell(parts.id)},`),
    };
  }
}

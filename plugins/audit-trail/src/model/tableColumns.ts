/** Columns that a reader may choose; time and event are always there. */
export const TABLE_COLUMNS = [
  'actor',
  'resource',
  'workspace',
  'outcome',
  'via',
] as const;

/** A column that a reader may choose. */
export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** The columns that are there unless somebody chooses otherwise. */
export const DEFAULT_COLUMNS: TableColumn[] = ['actor', 'resource', 'via'];

/** How close the rows stand. */
export type Density = 'comfortable' | 'dense';

/** Reads columns that were stored; what is no list of columns is the default. */
export function columnsOf(stored: unknown): TableColumn[] {
  return Array.isArray(stored)
    ? TABLE_COLUMNS.filter(column => stored.includes(column))
    : DEFAULT_COLUMNS;
}

/** Reads a density that was stored. */
export function densityOf(stored: unknown): Density {
  return stored === 'dense' ? 'dense' : 'comfortable';
}

/** The columns with one more, or one less, in their order. */
export function toggleColumn(
  columns: readonly TableColumn[],
  column: TableColumn,
): TableColumn[] {
  return TABLE_COLUMNS.filter(
    other => columns.includes(other) !== (other === column),
  );
}

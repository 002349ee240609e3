import {
  columnsOf,
  densityOf,
  type Density,
  type TableColumn,
} from '../model/tableColumns';
import { useRemembered } from './useRemembered';

/** How the reader wants the table; remembered for them. */
export interface TableSettings {
  columns: TableColumn[];
  density: Density;
  setColumns(columns: TableColumn[]): void;
  setDensity(density: Density): void;
}

/** How the reader wants the table. */
export function useTableSettings(): TableSettings {
  const [columns, setColumns] = useRemembered('columns', columnsOf);
  const [density, setDensity] = useRemembered('density', densityOf);
  return { columns, density, setColumns, setDensity };
}

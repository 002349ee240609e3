import { chart } from './en/chart';
import { common } from './en/common';
import { drawer } from './en/drawer';
import { exporting } from './en/exporting';
import { filters } from './en/filters';
import { forwarding } from './en/forwarding';
import { page } from './en/page';
import { table } from './en/table';
import { views } from './en/views';

/** All messages in English. */
export const english = {
  ...chart,
  ...common,
  ...drawer,
  ...exporting,
  ...filters,
  ...forwarding,
  ...page,
  ...table,
  ...views,
} as const;

import { chart } from './de/chart';
import { common } from './de/common';
import { drawer } from './de/drawer';
import { exporting } from './de/exporting';
import { filters } from './de/filters';
import { forwarding } from './de/forwarding';
import { page } from './de/page';
import { table } from './de/table';
import { views } from './de/views';

/** All messages in German. */
export default {
  ...chart,
  ...common,
  ...drawer,
  ...exporting,
  ...filters,
  ...forwarding,
  ...page,
  ...table,
  ...views,
};

import { common } from './de/common';
import { table } from './de/table';

/** All messages in German. */
export default { ...common, ...table };

import { measureBrowser } from './browser.mjs';
import { measureExport } from './exporting.mjs';
import { measureFilters } from './filters.mjs';
import { measureForwarding } from './forwarding.mjs';
import { measureHistogram } from './histogram.mjs';
import { measureIngest } from './ingest.mjs';
import { measurePage } from './page.mjs';
import { measureRetention } from './retention.mjs';
import { measureSize } from './size.mjs';

/** What can be measured, in this order: what writes to the trail comes last. */
export const PARTS = {
  page: measurePage,
  size: measureSize,
  filters: measureFilters,
  histogram: measureHistogram,
  browser: measureBrowser,
  export: measureExport,
  ingest: measureIngest,
  forwarding: measureForwarding,
  retention: measureRetention,
};

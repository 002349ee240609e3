import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import { AuditedExports } from '../../accessAudit/AuditedExports';
import type { AccessRecorder } from '../../accessAudit/AccessRecorder';
import { LostExports } from '../../accessAudit/LostExports';
import type { AuditEventsStore } from '../../database/AuditEventsStore';
import type { GiveWay } from '../../database/exporting/CopyOut';
import { createEventLines } from '../../database/exporting/createEventLines';
import { DatabaseExportsStore } from '../../database/exporting/DatabaseExportsStore';
import type { ReadAccess } from '../../permissions/ReadAccess';
import { AuthorizedExportSource } from './AuthorizedExportSource';
import { DefaultExports } from './DefaultExports';
import { EndingExports } from './EndingExports';
import { ExportSlots } from './ExportSlots';
import { observeExports } from './observeExports';
import { StoredExportSource } from './ExportSource';

/** Puts together what makes files, and what sees to those that were lost. */
export function createExports(options: {
  access: ReadAccess;
  /** Is asked again and again before more of a file is read. */
  giveWay: GiveWay;
  knex: Knex;
  logger: LoggerService;
  /** Exports that a user may run at once. */
  maxOfUser: number;
  metrics: MetricsService;
  recorder: AccessRecorder;
  store: AuditEventsStore;
}): { exports: EndingExports; lostExports: LostExports } {
  const { access, giveWay, knex, logger, maxOfUser } = options;
  const { metrics, recorder, store } = options;
  const exportsStore = DatabaseExportsStore.create({ knex });
  observeExports({ metrics, store: exportsStore });
  const stopping = new AbortController();
  const exports = DefaultExports.create({
    logger,
    slots: ExportSlots.create({ maxOfUser }),
    source: AuthorizedExportSource.create({
      inner: StoredExportSource.create({
        lines: createEventLines({ giveWay, knex }),
        store,
      }),
      access,
    }),
    stopping: stopping.signal,
    store: exportsStore,
  });
  return {
    exports: EndingExports.create({
      inner: AuditedExports.create({ inner: exports, recorder }),
      stopping,
    }),
    lostExports: LostExports.create({ recorder, store: exportsStore }),
  };
}

import type { HumanDuration } from '@backstage/types';

export interface Config {
  auditTrail?: {
    /** What plugins tell Backstage's auditor; see `…-node/auditor`. */
    auditor?: {
      /**
       * Which of it goes to the trail: the first rule that fits decides. Without
       * one, reads at low severity do not, and all else does. `*` in a pattern
       * stands for anything.
       */
      rules?: Array<{
        /** Id of the plugin. */
        plugin?: string | string[];
        /** Id of the event within the plugin, such as `entity-mutate`. */
        event?: string | string[];
        /** An entity ref, or the subject of a service such as `plugin:search`. */
        actor?: string | string[];
        /** `low`, `medium`, `high` or `critical`. */
        severity?: string | string[];
        /**
         * The path of the request, without the query, such as
         * `/api/catalog/entities/by-name/…`; what is no request has none.
         */
        path?: string | string[];
        /** Whether it goes to the trail. */
        action: 'keep' | 'drop';
      }>;
      /**
       * After this an event whose outcome has not come goes to the trail as
       * `initiated`; 10 minutes by default.
       */
      outcomeTimeout?: HumanDuration | string;
      /** Files that keep what the trail has not yet stored. */
      spool?: {
        /**
         * A folder for them; by default one below `backend.workingDirectory`,
         * else below the system's folder for temporary files.
         */
        directory?: string;
        /** Most megabytes of them, of each process; 64 by default. */
        maxMegabytes?: number;
      };
    };
  };
}

import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /**
       * The entities made of the sources, warehouses and spaces of all
       * workspaces in `auditTrail.segment.workspaces`.
       */
      segment?: {
        /** When a workspace is read: every 30 minutes by default. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Key of the label in Segment whose value names the owner, such as
         * `team-a` or `group:default/team-a`; `owner` by default.
         */
        ownerLabel?: string;
        /**
         * Owner of what has no such label: the ref of a group or user.
         * `unknown` by default.
         */
        defaultOwner?: string;
        /** Ref of the system that all of the entities are part of. */
        system?: string;
        /**
         * Whether spaces are read; true by default. A workspace without spaces
         * is fine either way.
         */
        spaces?: boolean;
      };
    };
  };
}

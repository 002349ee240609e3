import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  auditTrail?: {
    segment?: {
      workspaces?: Array<{
        /** When its audit events are read: every 5 minutes by default. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;
    };
    intake?: {
      segment?: {
        /**
         * The shared secret of Segment's Webhooks destination. Deliveries are
         * refused while it is not configured.
         *
         * @visibility secret
         */
        secret?: string;
        /**
         * Whether to keep "Permission Check" events, which tell who looked at
         * what. They are many, so they are dropped and counted unless this is
         * true.
         */
        keepReads?: boolean;
      };
    };
    forwarding?: {
      destinations?: {
        /** What follows is for destinations of the type `segment-source`. */
        [id: string]: {
          /**
           * The write key of the source that events go to.
           *
           * @visibility secret
           */
          writeKey?: string;
          /** Region of the workspace: `us` (the default) or `eu`. */
          region?: string;
          /**
           * What the events are named in the source: `audit` (the default)
           * names all of them `Audit`, as Segment's own forwarding does;
           * `label` names those of documented activities by their label.
           */
          eventName?: string;
          /** Events of one call, up to 2,500; 100 by default. */
          maxEvents?: number;
          /**
           * A token of Segment's Public API, with which the test of the
           * destination finds out which source has the write key.
           *
           * @visibility secret
           */
          publicApiToken?: string;
          /**
           * Id of the source that events go to, by which that is recognised
           * exactly which Segment tells about the forwarded events.
           */
          sourceId?: string;
          /** Slug of the source that events go to; see `sourceId`. */
          sourceSlug?: string;
          /**
           * Base address instead of that of Segment's Tracking API, for tests.
           * It must be https, or on this machine.
           */
          endpoint?: string;
          /** The same for Segment's Public API. */
          endpointPublicApi?: string;
        };
      };
    };
  };
}

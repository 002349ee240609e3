export interface Config {
  auditTrail?: {
    segment?: {
      /** Workspaces of Segment that the portal reads. */
      workspaces?: Array<{
        /** Slug of the workspace, as it stands in addresses of the Segment app. */
        slug: string;
        /** Region of the workspace: `us` (the default) or `eu`. */
        region?: string;
        /**
         * A token of Segment's Public API.
         *
         * @visibility secret
         */
        token: string;
        /**
         * Base address instead of that of Segment's Public API, for tests. It
         * must be https, or on this machine.
         */
        endpoint?: string;
      }>;
    };
  };
}

export interface Config {
  auditTrail?: {
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
  };
}

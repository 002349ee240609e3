export interface Config {
  auditTrail?: {
    /**
     * Who sees the whole trail: users and groups, as entity refs. While no one
     * is listed, no one is Owner.
     */
    owners?: string[];
    /**
     * Who decides what is seen.
     *
     * - `owners` (the default): Owners see everything and everyone else the
     *   events of what they own; the portal's permission policy can narrow
     *   that further.
     * - `policy`: the portal's permission policy alone. While permissions are
     *   disabled in the portal, this is the same as `owners`.
     */
    access?: 'owners' | 'policy';

    /**
     * Requests of one caller that one replica answers within a minute; more
     * are refused with 429 and a Retry-After header.
     */
    rateLimits?: {
      /** Requests that read the trail; 600 by default. */
      reads?: number;
      /** Exports; 10 by default. */
      exports?: number;
      /** Batches of events that a service records; 6,000 by default. */
      batches?: number;
    };
  };
}

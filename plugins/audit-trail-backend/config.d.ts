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
  };
}

/**
 * Why a span of time was not read completely: not read yet; the source does not
 * take the credentials, asks to wait, cannot be reached, or tells what is not
 * understood; reading failed here; some events could not be stored; or the
 * source does not tell that far back any more.
 *
 * @public
 */
export type CoverageGapReason =
  | 'not-read-yet'
  | 'unauthorized'
  | 'rate-limited'
  | 'unavailable'
  | 'not-understood'
  | 'failed'
  | 'unreadable-events'
  | 'out-of-reach';

/**
 * A span of time that was not read completely.
 *
 * @public
 */
export interface CoverageGap {
  /** ISO 8601, UTC. */
  from: string;
  to: string;
  /** Left out for those who do not see everything. */
  reason?: CoverageGapReason;
  /** Whether it is read again until it is complete. */
  filling: boolean;
}

/**
 * Which time the trail covers completely, for a source that it reads itself.
 *
 * @public
 */
export interface Coverage {
  /** Where the trail begins, or is to begin, for the source. */
  from: string;
  /** Up to when it was read completely, if at all. */
  to?: string;
  /** Since when there is no gap up to `to`. */
  completeSince?: string;
  /** Gaps between `from` and `to`, in their order. */
  gaps: CoverageGap[];
  /** The rest is for those who see everything. */
  source?: CoverageSource;
}

/**
 * Where events are read from, and how that goes.
 *
 * @public
 */
export interface CoverageSource {
  /** The intake, such as `segment-api`. */
  intake: string;
  /** What is read, by its name in app-config. */
  target: string;
  /** Id of the workspace, once it is known. */
  workspace?: string;
  /** When reading last ended without a failure. */
  succeededAt?: string;
  /** Since when it fails, and why; left out while it does not. */
  failure?: {
    since: string;
    reason: CoverageGapReason;
    message: string;
    /** Before this it is not tried again. */
    notBefore?: string;
  };
}

/**
 * Answer to `GET /v1/coverage`.
 *
 * @public
 */
export interface CoverageResponse {
  /**
   * One for each source that is read. Those who do not see everything get one
   * for all of them together: the time that is complete in every one.
   */
  items: Coverage[];
}

/**
 * A question to the trail that somebody keeps under a name: a query, not its
 * result. Whoever applies it sees what they may see, as it is then.
 *
 * @public
 */
export interface SavedView {
  id: string;
  /** Name for people. */
  name: string;
  /**
   * What it shows, as the page's query parameters in one spelling; see
   * `readViewQuery`.
   */
  query: string;
  /** Whether it is everyone's who has the page; otherwise the caller's own. */
  shared: boolean;
  /** Counts its changes. */
  version: number;
  /** Entity ref of the user who made it. */
  createdBy: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Entity ref of the user who changed it last. */
  updatedBy: string;
  /** ISO 8601, UTC. */
  updatedAt: string;
}

/**
 * The views that the caller has, in the order of their names.
 *
 * @public
 */
export interface SavedViewsResponse {
  items: SavedView[];
  /** Whether the caller may make and change shared views. */
  mayShare: boolean;
}

/**
 * A view to keep.
 *
 * @public
 */
export interface CreateSavedViewRequest {
  /** At most 80 characters; no other view of the same list has it. */
  name: string;
  /** The page's query parameters. */
  query: string;
  /** For everyone who has the page; for Owners. */
  shared?: boolean;
}

/**
 * Changes of a view. What is left out stays.
 *
 * @public
 */
export interface UpdateSavedViewRequest
  extends Partial<CreateSavedViewRequest> {
  /** The version that the changes are made to; a later one refuses them. */
  version: number;
}

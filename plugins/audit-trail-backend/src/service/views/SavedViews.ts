import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CreateSavedViewRequest,
  SavedView,
  SavedViewsResponse,
  UpdateSavedViewRequest,
} from 'backstage-plugin-audit-trail-common';

/** On whose behalf something is done. */
export interface SavedViewsOptions {
  credentials: BackstageCredentials;
}

/** Keeps the views that people save. */
export interface SavedViews {
  /** The caller's own views, and the shared ones. */
  list(options: SavedViewsOptions): Promise<SavedViewsResponse>;

  /** @throws `NotFoundError` if it is neither the caller's own nor shared */
  get(request: { id: string }, options: SavedViewsOptions): Promise<SavedView>;

  /** @throws `ConflictError` if the name is taken or there are too many */
  create(
    request: CreateSavedViewRequest,
    options: SavedViewsOptions,
  ): Promise<SavedView>;

  /**
   * @throws `NotFoundError` if it is neither the caller's own nor shared
   * @throws `ConflictError` if it is another version by now, or as for `create`
   */
  update(
    request: { id: string; changes: UpdateSavedViewRequest },
    options: SavedViewsOptions,
  ): Promise<SavedView>;

  /**
   * @throws `NotFoundError` if it is neither the caller's own nor shared
   * @throws `ConflictError` if it is another version by now
   */
  delete(
    request: { id: string; version: number },
    options: SavedViewsOptions,
  ): Promise<void>;
}

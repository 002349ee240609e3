import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CreateSavedViewRequest,
  SavedView,
  SavedViewsResponse,
  UpdateSavedViewRequest,
} from 'backstage-plugin-audit-trail-common';
import { auditTrailApiRef } from '../api';
import { useLoaded, type Loaded } from './useLoaded';

/** The reader's views, and what can be done with them. */
export interface SavedViews extends Loaded<SavedViewsResponse> {
  create(request: CreateSavedViewRequest): Promise<SavedView>;
  /** Changes the version of a view that is known here. */
  update(
    view: SavedView,
    changes: Omit<UpdateSavedViewRequest, 'version'>,
  ): Promise<SavedView>;
  remove(view: SavedView): Promise<void>;
}

/** The views that the reader has. */
export function useSavedViews(): SavedViews {
  const api = useApi(auditTrailApiRef);
  const loaded = useLoaded('views', () => api.getSavedViews());
  const { retry } = loaded;
  /** Whatever came of it, the list is another; above all if it was refused. */
  const afterwards = useCallback(
    async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } finally {
        retry();
      }
    },
    [retry],
  );
  const create = useCallback<SavedViews['create']>(
    request => afterwards(api.createSavedView(request)),
    [afterwards, api],
  );
  const update = useCallback<SavedViews['update']>(
    ({ id, version }, changes) =>
      afterwards(api.updateSavedView(id, { ...changes, version })),
    [afterwards, api],
  );
  const remove = useCallback<SavedViews['remove']>(
    ({ id, version }) => afterwards(api.deleteSavedView(id, version)),
    [afterwards, api],
  );
  return { ...loaded, create, update, remove };
}

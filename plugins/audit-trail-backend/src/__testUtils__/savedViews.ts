import { randomUUID } from 'node:crypto';
import type { StoredView } from '../database/DatabaseSavedViewsStore';

/** A view as it is stored; shared unless it is somebody's. */
export function savedView(overrides: Partial<StoredView> = {}): StoredView {
  return {
    id: randomUUID(),
    name: 'A view',
    query: 'range=90d',
    version: 1,
    createdBy: 'user:default/olivia',
    createdAt: '2026-06-01T00:00:00.000Z',
    updatedBy: 'user:default/olivia',
    updatedAt: '2026-06-01T00:00:00.000Z',
    ...overrides,
  };
}

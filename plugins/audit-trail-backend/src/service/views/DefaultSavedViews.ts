import { randomUUID } from 'node:crypto';
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  CreateSavedViewRequest,
  SavedView,
  UpdateSavedViewRequest,
} from 'backstage-plugin-audit-trail-common';
import type {
  DatabaseSavedViewsStore,
  StoredView,
} from '../../database/DatabaseSavedViewsStore';
import type { SavedViews, SavedViewsOptions } from './SavedViews';

/** Views that one user may keep. */
export const MAX_OWN_VIEWS = 100;
/** Views that all share. */
export const MAX_SHARED_VIEWS = 200;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const userRefOf = (credentials: BackstageCredentials) =>
  (credentials.principal as BackstageUserPrincipal).userEntityRef;

const maxOf = (view: StoredView) =>
  view.ownerRef ? MAX_OWN_VIEWS : MAX_SHARED_VIEWS;

function describe({ ownerRef, ...view }: StoredView): SavedView {
  return { ...view, shared: ownerRef === undefined };
}

/**
 * Keeps the views of each user apart, and the shared ones for all. Knows
 * nothing of permissions.
 */
export class DefaultSavedViews implements SavedViews {
  readonly #store: DatabaseSavedViewsStore;

  static create(options: {
    store: DatabaseSavedViewsStore;
  }): DefaultSavedViews {
    return new DefaultSavedViews(options.store);
  }

  private constructor(store: DatabaseSavedViewsStore) {
    this.#store = store;
  }

  list: SavedViews['list'] = async ({ credentials }) => {
    const [own, shared] = await Promise.all([
      this.#store.list(userRefOf(credentials)),
      this.#store.list(undefined),
    ]);
    return { items: [...own, ...shared].map(describe), mayShare: true };
  };

  get: SavedViews['get'] = async ({ id }, options) =>
    describe(await this.#find(id, options));

  async create(
    request: CreateSavedViewRequest,
    { credentials }: SavedViewsOptions,
  ): Promise<SavedView> {
    const userRef = userRefOf(credentials);
    const now = new Date().toISOString();
    const view: StoredView = {
      id: randomUUID(),
      ownerRef: request.shared ? undefined : userRef,
      name: request.name,
      query: request.query,
      version: 1,
      createdBy: userRef,
      createdAt: now,
      updatedBy: userRef,
      updatedAt: now,
    };
    await this.#store.add(view, maxOf(view));
    return describe(view);
  }

  async update(
    request: { id: string; changes: UpdateSavedViewRequest },
    options: SavedViewsOptions,
  ): Promise<SavedView> {
    const { version, name, query, shared } = request.changes;
    const before = await this.#find(request.id, options);
    assertVersion(before, version);
    const userRef = userRefOf(options.credentials);
    const ownerRef = shared ?? !before.ownerRef ? undefined : userRef;
    const view: StoredView = {
      ...before,
      ownerRef,
      name: name ?? before.name,
      query: query ?? before.query,
      version: version + 1,
      updatedBy: userRef,
      updatedAt: new Date().toISOString(),
    };
    const moves = ownerRef !== before.ownerRef;
    if (!(await this.#store.replace(view, moves ? maxOf(view) : undefined))) {
      throw changedMeanwhile();
    }
    return describe(view);
  }

  async delete(
    request: { id: string; version: number },
    options: SavedViewsOptions,
  ): Promise<void> {
    const view = await this.#find(request.id, options);
    assertVersion(view, request.version);
    if (!(await this.#store.delete(view.id, request.version))) {
      throw changedMeanwhile();
    }
  }

  async #find(
    id: string,
    { credentials }: SavedViewsOptions,
  ): Promise<StoredView> {
    const view = UUID.test(id)
      ? await this.#store.get(id.toLowerCase())
      : undefined;
    if (!view || (view.ownerRef && view.ownerRef !== userRefOf(credentials))) {
      throw new NotFoundError('There is no such view, or it is not yours');
    }
    return view;
  }
}

function assertVersion(view: StoredView, version: number) {
  if (view.version !== version) {
    throw changedMeanwhile(view);
  }
}

function changedMeanwhile(view?: StoredView) {
  const by = view
    ? ` by ${view.updatedBy}, and is version ${view.version}`
    : '';
  return new ConflictError(
    `version: the view was changed meanwhile${by}; read it again before you change it`,
  );
}

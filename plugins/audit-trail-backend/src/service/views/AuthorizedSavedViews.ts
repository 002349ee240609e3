import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  auditTrailViewUpdatePermission,
  type SavedView,
} from 'backstage-plugin-audit-trail-common';
import type { ReadAccess } from '../../permissions/ReadAccess';
import type { SavedViews, SavedViewsOptions } from './SavedViews';

/**
 * Lets each user keep their own views. Those who have the page have the shared
 * ones too, and Owners change these, as far as the portal's policy allows.
 *
 * @remarks
 *
 * A view is a query: whoever applies it sees no more events than they may see
 * anyway. Its name and query may tell of things, though, so that nobody reads
 * the shared ones but those whom the page serves.
 */
export class AuthorizedSavedViews implements SavedViews {
  readonly #inner: SavedViews;
  readonly #access: ReadAccess;

  static create(options: {
    inner: SavedViews;
    access: ReadAccess;
  }): AuthorizedSavedViews {
    return new AuthorizedSavedViews(options.inner, options.access);
  }

  private constructor(inner: SavedViews, access: ReadAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  list: SavedViews['list'] = async options => {
    const [page, mayShare] = await Promise.all([
      this.#hasPage(options),
      this.#mayShare(options),
    ]);
    const { items } = await this.#inner.list(options);
    return { items: items.filter(({ shared }) => page || !shared), mayShare };
  };

  get: SavedViews['get'] = async (request, options) => {
    // Whether there is a shared view is not told before it is known who asks.
    const page = await this.#hasPage(options);
    const view = await this.#inner.get(request, options);
    if (view.shared && !page) {
      throw new NotFoundError('There is no such view, or it is not yours');
    }
    return view;
  };

  create: SavedViews['create'] = async (request, options) => {
    const mayShare = await this.#mayShare(options);
    if (request.shared && !mayShare) {
      throw mayNotShare();
    }
    return this.#inner.create(request, options);
  };

  update: SavedViews['update'] = async (request, options) => {
    await this.#assertMayChange(request.id, options, request.changes.shared);
    return this.#inner.update(request, options);
  };

  delete: SavedViews['delete'] = async (request, options) => {
    await this.#assertMayChange(request.id, options);
    await this.#inner.delete(request, options);
  };

  async #assertMayChange(
    id: string,
    options: SavedViewsOptions,
    share = false,
  ): Promise<SavedView> {
    const view = await this.get({ id }, options);
    if ((view.shared || share) && !(await this.#mayShare(options))) {
      throw mayNotShare();
    }
    return view;
  }

  async #hasPage({ credentials }: SavedViewsOptions): Promise<boolean> {
    return (await this.#access.describe(credentials)).page;
  }

  async #mayShare(options: SavedViewsOptions): Promise<boolean> {
    const [page, owner] = await Promise.all([
      this.#hasPage(options),
      this.#access.isOwnerWith(
        auditTrailViewUpdatePermission,
        options.credentials,
      ),
    ]);
    return page && owner;
  }
}

function mayNotShare() {
  return new NotAllowedError('Shared views are changed by Owners');
}

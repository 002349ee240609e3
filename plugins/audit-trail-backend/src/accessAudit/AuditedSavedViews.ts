import type {
  AuditEventChange,
  SavedView,
} from 'backstage-plugin-audit-trail-common';
import { viewResource } from '../ingest/trailOrigin';
import type {
  SavedViews,
  SavedViewsOptions,
} from '../service/views/SavedViews';
import type { AccessRecorder } from './AccessRecorder';

const FIELDS = ['name', 'query', 'shared'] as const;

/** A view that is not there has none of the fields. */
function changesBetween(
  before: Partial<SavedView>,
  after: Partial<SavedView>,
): AuditEventChange[] {
  return FIELDS.filter(path => before[path] !== after[path]).map(path => ({
    path,
    before: before[path],
    after: after[path],
  }));
}

/**
 * Records in the trail what becomes of the views that many look through. What
 * somebody keeps for themselves is recorded when they look.
 */
export class AuditedSavedViews implements SavedViews {
  readonly #inner: SavedViews;
  readonly #recorder: AccessRecorder;

  static create(options: {
    inner: SavedViews;
    recorder: AccessRecorder;
  }): AuditedSavedViews {
    return new AuditedSavedViews(options.inner, options.recorder);
  }

  private constructor(inner: SavedViews, recorder: AccessRecorder) {
    this.#inner = inner;
    this.#recorder = recorder;
  }

  /** Views are questions; they tell nothing of events. */
  list: SavedViews['list'] = async options => this.#inner.list(options);

  get: SavedViews['get'] = async (request, options) =>
    this.#inner.get(request, options);

  create: SavedViews['create'] = async (request, options) => {
    const view = await this.#inner.create(request, options);
    if (view.shared) {
      await this.#record('audit-trail.view-created', view, {}, view, options);
    }
    return view;
  };

  update: SavedViews['update'] = async (request, options) => {
    const before = await this.#inner.get(request, options);
    const after = await this.#inner.update(request, options);
    if (before.shared || after.shared) {
      await this.#record(
        'audit-trail.view-modified',
        after,
        before,
        after,
        options,
      );
    }
    return after;
  };

  delete: SavedViews['delete'] = async (request, options) => {
    const view = await this.#inner.get(request, options);
    await this.#inner.delete(request, options);
    if (view.shared) {
      await this.#record('audit-trail.view-deleted', view, view, {}, options);
    }
  };

  async #record(
    type: string,
    { id, name }: SavedView,
    before: Partial<SavedView>,
    after: Partial<SavedView>,
    { credentials }: SavedViewsOptions,
  ): Promise<void> {
    await this.#recorder.act(credentials, {
      type,
      resource: viewResource(id, name),
      changes: changesBetween(before, after),
    });
  }
}

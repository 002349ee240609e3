import { NotAllowedError } from '@backstage/errors';
import { auditTrailExportCreatePermission } from 'backstage-plugin-audit-trail-common';
import type {
  EventLinesRequest,
  LinesChunk,
} from '../../database/exporting/EventLines';
import type { AuditEventCriteria } from '../../database/criteria';
import { narrowCriteria } from '../../permissions/narrowCriteria';
import type { ReadAccess, ReadDecision } from '../../permissions/ReadAccess';
import type { ExportOptions } from './Exports';
import type { ExpectedEvents, ExportSource } from './ExportSource';

/**
 * The lines of what the caller may export, as long as they may. What they may
 * see is decided anew before each chunk is handed out.
 */
export class AuthorizedExportSource implements ExportSource {
  readonly #inner: ExportSource;
  readonly #access: ReadAccess;

  static create(options: {
    inner: ExportSource;
    access: ReadAccess;
  }): AuthorizedExportSource {
    return new AuthorizedExportSource(options.inner, options.access);
  }

  private constructor(inner: ExportSource, access: ReadAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async *read(
    request: EventLinesRequest,
    options: ExportOptions & { signal: AbortSignal },
  ): AsyncGenerator<LinesChunk, void> {
    const first = await this.#decide(options);
    const criteria = narrowCriteria(request.criteria, first);
    if (!criteria) {
      return;
    }
    const fingerprint = await this.#access.fingerprint(first);
    // A long export must not outlive the access it began with.
    const assertUnchanged = async () => {
      const now = await this.#decide(options);
      if ((await this.#access.fingerprint(now)) !== fingerprint) {
        throw new NotAllowedError('Your access changed during the export');
      }
    };
    for await (const chunk of this.#inner.read(
      { ...request, criteria },
      options,
    )) {
      await assertUnchanged();
      yield chunk;
    }
    // What was looked for last may have been missing for that very reason.
    await assertUnchanged();
  }

  async expect(
    criteria: AuditEventCriteria,
    options: ExportOptions,
  ): Promise<ExpectedEvents | undefined> {
    const narrowed = narrowCriteria(criteria, await this.#decide(options));
    return narrowed
      ? this.#inner.expect(narrowed, options)
      : { count: 0, orMore: false };
  }

  async #decide(options: ExportOptions): Promise<ReadDecision> {
    const allowed = await this.#access.isAllowed(
      auditTrailExportCreatePermission,
      options.credentials,
    );
    if (!allowed) {
      throw new NotAllowedError('You may not export the trail');
    }
    return this.#access.decide(options.credentials);
  }
}

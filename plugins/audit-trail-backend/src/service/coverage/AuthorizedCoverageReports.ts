import type {
  Coverage,
  CoverageResponse,
} from 'backstage-plugin-audit-trail-common';
import type { ReadAccess } from '../../permissions/ReadAccess';
import type { RequestOptions } from '../AuditEvents';
import type { CoverageReports } from './CoverageReports';
import { togetherCovered } from './togetherCovered';

/**
 * Tells those who see every event how each source is read. Those who see some
 * are told which time is complete, as they could not tell silence from a gap
 * otherwise, but not which sources and workspaces there are, nor why there is a
 * gap. Those who see nothing are told nothing.
 */
export class AuthorizedCoverageReports implements CoverageReports {
  readonly #inner: CoverageReports;
  readonly #access: ReadAccess;

  static create(options: {
    inner: CoverageReports;
    access: ReadAccess;
  }): AuthorizedCoverageReports {
    return new AuthorizedCoverageReports(options.inner, options.access);
  }

  private constructor(inner: CoverageReports, access: ReadAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async coverage(options: RequestOptions): Promise<CoverageResponse> {
    const decision = await this.#access.decide(options.credentials);
    if (!(await this.#access.canReadAny(decision))) {
      return { items: [] };
    }
    const { items } = await this.#inner.coverage(options);
    return {
      items: decision === 'everything' ? items : withoutSources(items),
    };
  }
}

function withoutSources(items: Coverage[]): Coverage[] {
  const together = togetherCovered(items);
  return together ? [together] : [];
}

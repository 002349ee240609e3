import type {
  Coverage,
  CoverageResponse,
  CoverageSource,
} from 'backstage-plugin-audit-trail-common';
import type {
  DatabaseIntakeStatesStore,
  IntakeKey,
  IntakeState,
} from '../../database/DatabaseIntakeStatesStore';
import { firstComplete } from '../../pulling/spans';
import type { CoverageReports } from './CoverageReports';
import { describeCoverage } from './describeCoverage';

/** A source that is read, and how far back it tells. */
export interface ReadSource {
  key: IntakeKey;
  reachMs: number;
}

function sourceOf(key: IntakeKey, state?: IntakeState): CoverageSource {
  return {
    ...key,
    workspace: state?.workspace,
    succeededAt: state?.succeededAt?.toISOString(),
    failure:
      state?.failingSince && state.reason
        ? {
            since: state.failingSince.toISOString(),
            reason: state.reason,
            message: state.error ?? '',
            notBefore: state.notBefore?.toISOString(),
          }
        : undefined,
  };
}

/** Tells it of all sources in app-config. Knows nothing of permissions. */
export class DefaultCoverageReports implements CoverageReports {
  readonly #keptSince: () => Promise<number>;
  readonly #sources: ReadSource[];
  readonly #states: DatabaseIntakeStatesStore;

  static create(options: {
    /** Since when events are kept, in milliseconds since 1970. */
    keptSince(): Promise<number>;
    sources: ReadSource[];
    states: DatabaseIntakeStatesStore;
  }): DefaultCoverageReports {
    return new DefaultCoverageReports(
      options.keptSince,
      options.sources,
      options.states,
    );
  }

  private constructor(
    keptSince: () => Promise<number>,
    sources: ReadSource[],
    states: DatabaseIntakeStatesStore,
  ) {
    this.#keptSince = keptSince;
    this.#sources = sources;
    this.#states = states;
  }

  async coverage(): Promise<CoverageResponse> {
    return {
      items: await Promise.all(
        this.#sources.map(async source => this.#coverageOf(source)),
      ),
    };
  }

  async #coverageOf({ key, reachMs }: ReadSource): Promise<Coverage> {
    const state = await this.#states.get(key);
    const spans = await this.#states.spans(key);
    const reach = Date.now() - reachMs;
    return {
      ...describeCoverage(
        spans,
        // What was read completely and has been pruned is not there.
        Math.max(
          Math.min(firstComplete(spans) ?? reach, reach),
          await this.#keptSince(),
        ),
      ),
      source: sourceOf(key, state),
    };
  }
}

import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import {
  IntakeError,
  type IntakeErrorReason,
  type ScheduledIntake,
  type ScheduledIntakeSession,
} from 'backstage-plugin-audit-trail-node';
import type {
  DatabaseIntakeStatesStore,
  IntakeKey,
  IntakeState,
} from '../database/DatabaseIntakeStatesStore';
import type { ActorDirectory } from '../ingest/ActorDirectory';
import type { IngestService } from '../ingest/IngestService';
import { ingestPage } from './ingestPage';
import { planReads } from './planReads';
import {
  closeBefore,
  isSettled,
  missingSpans,
  setGap,
  setSpan,
  type GapReason,
  type Span,
} from './spans';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How often, how far back, and how long. */
export interface PullingTimes {
  /** How long before what was not read it is read once more. */
  overlapMs: number;
  /** How far back all is read once more, and how often. */
  recheckMs: number;
  recheckEveryMs: number;
  /** How often it is read who acts in the source. */
  actorsEveryMs: number;
  /** After the first failure; twice as long after each further one. */
  firstPauseMs: number;
  maxPauseMs: number;
}

const DEFAULT_TIMES: PullingTimes = {
  overlapMs: 60 * MINUTE_MS,
  recheckMs: 7 * DAY_MS,
  recheckEveryMs: DAY_MS,
  actorsEveryMs: 60 * MINUTE_MS,
  firstPauseMs: MINUTE_MS,
  maxPauseMs: 60 * MINUTE_MS,
};

/**
 * A span is asked for with this around it: nobody says whether a source counts
 * its ends in, or how finely it tells times apart.
 */
const MARGIN_MS = 1_000;

/** One run. */
interface Run {
  state: IntakeState;
  reach: Span;
  /** Spans that were read completely. */
  progress: { spans: number };
}

/** Failures that may be those of one span alone. */
const OF_ONE_SPAN: IntakeErrorReason[] = ['unavailable', 'not-understood'];

interface ScheduledIntakeRunnerOptions {
  actors: ActorDirectory;
  dropped: MetricsServiceCounter<{ intake: string; reason: string }>;
  ingest: IngestService;
  intake: ScheduledIntake;
  logger: LoggerService;
  states: DatabaseIntakeStatesStore;
  times?: Partial<PullingTimes>;
}

/**
 * Reads a source by its schedule, and keeps account of what was read.
 *
 * @remarks
 *
 * The newest is read first, then what is missing before it. A span counts as
 * read when all of its pages are stored; a process that ends in between, in
 * whichever way, leaves events that are stored and a span that is not, and the
 * next run reads that span again. Two replicas that read at once, as when the
 * scheduler takes one for dead, store the same.
 *
 * A source that does not answer as it should ends the run. It is asked again
 * after a pause that doubles up to an hour, or that the source asks for, and
 * after a restart at once, as that is when credentials are renewed.
 */
export class ScheduledIntakeRunner {
  readonly #options: ScheduledIntakeRunnerOptions;
  readonly #times: PullingTimes;
  readonly #key: IntakeKey;
  readonly #name: string;

  static create(options: ScheduledIntakeRunnerOptions): ScheduledIntakeRunner {
    return new ScheduledIntakeRunner(options);
  }

  private constructor(options: ScheduledIntakeRunnerOptions) {
    const { id, target } = options.intake;
    this.#options = options;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
    this.#key = { intake: id, target };
    this.#name = `${id} (${target})`;
  }

  /** Runs from now on by the scheduler. */
  async start(scheduler: SchedulerService): Promise<void> {
    const { intake, states } = this.#options;
    await states.update(this.#key, { notBefore: undefined });
    await scheduler.scheduleTask({
      ...intake.schedule,
      id: `audit-trail-intake:${intake.id}:${intake.target}`,
      scope: 'global',
      fn: signal => this.run(signal),
    });
  }

  /** Reads what is missing, as far as it gets. */
  async run(signal: AbortSignal): Promise<void> {
    const { intake, logger, states } = this.#options;
    const state = await states.begin(this.#key, new Date());
    if (state.notBefore && state.notBefore.getTime() > Date.now()) {
      return;
    }
    const now = Date.now();
    const progress = { spans: 0 };
    const reach = { from: now - intake.reachMs, to: now };
    try {
      const session = await intake.open({ signal });
      if (state.workspace !== session.workspace) {
        await states.update(this.#key, { workspace: session.workspace });
      }
      await this.#readActors(session, state, signal);
      await this.#readSpans(session, { state, reach, progress, signal });
    } catch (error) {
      if (!signal.aborted) {
        await this.#fail(error, { state, reach, progress });
      }
      return;
    }
    if (!signal.aborted) {
      if (state.failures > 0) {
        logger.info(`${this.#name} can be read again`);
      }
      await states.update(this.#key, {
        succeededAt: new Date(),
        failures: 0,
        failingSince: undefined,
        reason: undefined,
        error: undefined,
        notBefore: undefined,
      });
    }
  }

  /** Events are read even if nobody tells who acts. */
  async #readActors(
    session: ScheduledIntakeSession,
    { actorsReadAt }: IntakeState,
    signal: AbortSignal,
  ): Promise<void> {
    const { actors, intake, logger, states } = this.#options;
    const age = Date.now() - (actorsReadAt?.getTime() ?? 0);
    if (!session.readActors || age < this.#times.actorsEveryMs) {
      return;
    }
    try {
      for await (const page of session.readActors({ signal })) {
        await actors.put(intake.source, page);
      }
      await states.update(this.#key, { actorsReadAt: new Date() });
    } catch (error) {
      if (!(error instanceof IntakeError) || signal.aborted) {
        throw error;
      }
      logger.warn(
        `${this.#name} does not tell who acts there: ${error.message}`,
      );
    }
  }

  async #readSpans(
    session: ScheduledIntakeSession,
    run: Run & { signal: AbortSignal },
  ): Promise<void> {
    const { states } = this.#options;
    const { state, reach, signal } = run;
    await states.changeSpans(this.#key, spans =>
      closeBefore(spans, reach.from),
    );
    const sinceRecheck = reach.to - (state.recheckedAt?.getTime() ?? 0);
    const recheck = sinceRecheck >= this.#times.recheckEveryMs;
    const planned = planReads({
      spans: await states.spans(this.#key),
      reach,
      overlapMs: this.#times.overlapMs,
      recheckMs: recheck ? this.#times.recheckMs : 0,
    });
    await this.#readEach(session, planned, run);
    if (recheck && !signal.aborted) {
      await states.update(this.#key, { recheckedAt: new Date(reach.to) });
    }
  }

  /**
   * Reads spans one after the other. One that cannot be read does not keep
   * those before it from being read, two in succession do.
   */
  async #readEach(
    session: ScheduledIntakeSession,
    spans: Span[],
    { progress, signal }: Run & { signal: AbortSignal },
  ): Promise<void> {
    let failure: IntakeError | undefined;
    let failedBefore = false;
    for (const span of spans) {
      if (signal.aborted) {
        return;
      }
      try {
        await this.#readSpan(session, span, signal);
        failedBefore = false;
        progress.spans++;
      } catch (error) {
        if (
          !(error instanceof IntakeError) ||
          !OF_ONE_SPAN.includes(error.reason) ||
          failedBefore
        ) {
          throw error;
        }
        failure = error;
        failedBefore = true;
      }
    }
    if (failure) {
      throw failure;
    }
  }

  async #readSpan(
    session: ScheduledIntakeSession,
    span: Span,
    signal: AbortSignal,
  ): Promise<void> {
    const { dropped, ingest, intake, logger, states } = this.#options;
    let unreadable = 0;
    const pages = session.readEvents({
      from: new Date(span.from - MARGIN_MS),
      to: new Date(Math.min(span.to + MARGIN_MS, Date.now())),
      signal,
    });
    for await (const page of pages) {
      unreadable += await ingestPage(page, {
        dropped,
        ingest,
        logger,
        name: this.#name,
        origin: { source: intake.source, intake: intake.id },
      });
    }
    await states.changeSpans(this.#key, spans =>
      setSpan(spans, {
        ...span,
        ...(unreadable > 0
          ? { state: 'gap', reason: 'unreadable-events' }
          : { state: 'complete' }),
      }),
    );
  }

  async #fail(error: unknown, { state, reach, progress }: Run): Promise<void> {
    const { logger, states } = this.#options;
    const isKnown = error instanceof IntakeError;
    const reason: GapReason = isKnown ? error.reason : 'failed';
    // What can be read is not to wait long for what cannot.
    const failures = progress.spans > 0 ? 1 : state.failures + 1;
    const { firstPauseMs, maxPauseMs } = this.#times;
    const pauseMs = Math.max(
      Math.min(firstPauseMs * 2 ** (failures - 1), maxPauseMs),
      // Whatever is asked for, it is tried once a day.
      Math.min((isKnown && error.retryAfterMs) || 0, DAY_MS),
    );
    if (isKnown) {
      logger.warn(`${this.#name} could not be read: ${error.message}`);
    } else {
      logger.error(`${this.#name} could not be read`, toError(error));
    }
    await states.changeSpans(this.#key, spans =>
      missingSpans(spans, reach, isSettled).reduce(
        (all, part) => setGap(all, part, reason),
        spans,
      ),
    );
    await states.update(this.#key, {
      failures,
      failingSince: state.failingSince ?? new Date(),
      reason,
      error: isKnown ? error.message : 'The log of the backend says why',
      notBefore: new Date(Date.now() + pauseMs),
    });
  }
}

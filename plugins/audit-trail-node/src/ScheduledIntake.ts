import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { AuditEventInput } from './AuditEventInput';

/**
 * Somebody who acts in a source.
 *
 * @public
 */
export interface KnownActor {
  /** As it stands in `actor.id` of the source's events. */
  id: string;
  name?: string;
  email?: string;
}

/**
 * Some of the events of a span of time.
 *
 * @public
 */
export interface ScheduledIntakePage {
  events: AuditEventInput[];
  /** Events left out on purpose, by reason. */
  dropped?: Record<string, number>;
  /** How many there are that no event can be made of. */
  unreadable?: number;
}

/**
 * One run of a scheduled intake.
 *
 * @public
 */
export interface ScheduledIntakeSession {
  /** The workspace whose events are read, as it stands on them. */
  workspace: string;
  /**
   * The events of a span of time, its ends included, in any order. Where the
   * pages end all of them have been told; otherwise it throws.
   *
   * @throws `IntakeError`
   */
  readEvents(options: {
    from: Date;
    to: Date;
    signal: AbortSignal;
  }): AsyncIterable<ScheduledIntakePage>;
  /**
   * Everybody who acts in the source, so that events can tell names and e-mail
   * addresses. What was told once is kept, also if it is not told any more.
   *
   * @throws `IntakeError`
   */
  readActors?(options: {
    signal: AbortSignal;
  }): AsyncIterable<readonly KnownActor[]>;
}

/**
 * A way into the Audit Trail for a source that has to be asked.
 *
 * @public
 */
export interface ScheduledIntake {
  /** Name kept on the events, such as `segment-api`. */
  id: string;
  /** The source that is asked, such as `segment`. */
  source: string;
  /** What is asked for, by its name in config, such as a workspace's slug. */
  target: string;
  /** When it is asked. Runs on one replica at a time. */
  schedule: SchedulerServiceTaskScheduleDefinition;
  /**
   * How far back the source tells, in milliseconds; less by the time that a run
   * takes.
   */
  reachMs: number;
  /**
   * Begins a run.
   *
   * @throws `IntakeError`
   */
  open(options: { signal: AbortSignal }): Promise<ScheduledIntakeSession>;
}

/**
 * Why a source does not tell: its credentials are not taken, it asks to wait,
 * it cannot be reached or has an error, or what it tells is not understood.
 *
 * @public
 */
export type IntakeErrorReason =
  | 'unauthorized'
  | 'rate-limited'
  | 'unavailable'
  | 'not-understood';

/**
 * Says why a source does not tell. Its message is logged, and shown to Owners:
 * it must quote nothing of what was sent or answered.
 *
 * @public
 */
export class IntakeError extends Error {
  readonly name = 'IntakeError';
  readonly reason: IntakeErrorReason;
  /** For how long the source asks to wait, if it does. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    options: { reason: IntakeErrorReason; retryAfterMs?: number },
  ) {
    super(message);
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

import type {
  AuditTrailIntakeExtensionPoint,
  HttpIntake,
  ScheduledIntake,
} from 'backstage-plugin-audit-trail-node';

/** Intakes that modules add. */
export class IntakeRegistry implements AuditTrailIntakeExtensionPoint {
  /** Intakes that events are sent to. */
  readonly http: HttpIntake[] = [];
  /** Intakes that fetch events. */
  readonly scheduled: ScheduledIntake[] = [];

  /** What they speak for, such as `segment`. */
  get sources(): string[] {
    const all = [...this.http, ...this.scheduled];
    return [...new Set(all.map(({ source }) => source))];
  }

  addHttpIntake(intake: HttpIntake): void {
    if (this.http.some(({ path }) => path === intake.path)) {
      throw new Error(
        `There is an intake at /v1/intake/${intake.path} already`,
      );
    }
    this.http.push(intake);
  }

  addScheduledIntake(intake: ScheduledIntake): void {
    const { id, target } = intake;
    if (this.scheduled.some(one => one.id === id && one.target === target)) {
      throw new Error(`${id} reads ${target} already`);
    }
    this.scheduled.push(intake);
  }
}

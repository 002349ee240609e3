import path from 'node:path';
import { Intake } from '../Intake.mjs';

const EVENTS_A_SECOND = 200;

/**
 * Records events at all replicas, at a rate that a portal may have, until it is
 * told to stop.
 *
 * @returns `ids()` that are acknowledged; `stop()`, which resolves to their number
 */
export function recordAtRate(stage, urls) {
  const started = performance.now();
  const over = new AbortController();
  const intake = new Intake({
    events: Infinity,
    ...{ replicas: { urls }, signal: over.signal },
    workspace: stage.workspace,
    activities: stage.activities,
    token: process.env.AUDIT_TRAIL_TOKEN,
    file: path.join(stage.directory, 'acknowledged'),
    allowed: () => ((performance.now() - started) / 1000) * EVENTS_A_SECOND,
  });
  let failure;
  const recording = intake.run().catch(error => {
    failure = over.signal.aborted ? undefined : error;
  });
  return {
    ids: () => intake.acknowledgedIds(),
    stop: async () => {
      over.abort();
      await recording;
      if (failure) {
        throw failure;
      }
      return intake.acknowledged;
    },
  };
}

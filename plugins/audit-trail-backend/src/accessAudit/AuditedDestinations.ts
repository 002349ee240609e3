import type { JsonObject } from '@backstage/types';
import {
  auditEventFilterToParams,
  type AuditEventChange,
  type Destination,
} from 'backstage-plugin-audit-trail-common';
import { destinationResource } from '../ingest/trailOrigin';
import type { Destinations } from '../service/destinations/Destinations';
import type { AccessRecorder } from './AccessRecorder';
import { describeChoice } from './describeChoice';

/** Settings as they stand in a record of changes. */
function settingsOf(destination: Destination): JsonObject {
  return {
    enabled: destination.enabled,
    paused: destination.paused,
    filter: auditEventFilterToParams(destination.filter).toString(),
    holdFailuresMinutes: destination.holdFailuresMinutes,
  };
}

function changesBetween(
  before: Destination,
  after: Destination,
): AuditEventChange[] {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  return Object.keys(now)
    .filter(path => old[path] !== now[path])
    .map(path => ({ path, before: old[path], after: now[path] }));
}

function typeOf(before: Destination, after: Destination): string {
  if (before.enabled === after.enabled) {
    return 'audit-trail.destination-modified';
  }
  return after.enabled
    ? 'audit-trail.destination-enabled'
    : 'audit-trail.destination-disabled';
}

/** Records in the trail what is done with the destinations it is sent to. */
export class AuditedDestinations implements Destinations {
  readonly #inner: Destinations;
  readonly #recorder: AccessRecorder;

  static create(options: {
    inner: Destinations;
    recorder: AccessRecorder;
  }): AuditedDestinations {
    return new AuditedDestinations(options.inner, options.recorder);
  }

  private constructor(inner: Destinations, recorder: AccessRecorder) {
    this.#inner = inner;
    this.#recorder = recorder;
  }

  /** Tells how deliveries go, nothing of events. */
  list: Destinations['list'] = async options => this.#inner.list(options);

  update: Destinations['update'] = async (request, options) => {
    const { id, changes } = request;
    const before = (await this.#inner.list(options)).find(
      destination => destination.id === id,
    );
    const after = await this.#inner.update(request, options);
    await this.#recorder.act(options.credentials, {
      type: typeOf(before!, after),
      resource: destinationResource(id, after.title),
      changes: changesBetween(before!, after),
      details: changes.backfillFrom
        ? { backfillFrom: changes.backfillFrom.toISOString() }
        : {},
    });
    return after;
  };

  /**
   * Whoever tries one filter after the other sees counts of what happened in
   * that time, by whatever they choose: one look, at all of it.
   */
  preview: Destinations['preview'] = async (request, options) => {
    const preview = await this.#inner.preview(request, options);
    const { id, since } = request;
    const { what, details } = describeChoice({
      filter: { from: since.toISOString() },
    });
    await this.#recorder.look(options.credentials, {
      type: 'audit-trail.viewed',
      what: JSON.stringify({ previewOf: id, what }),
      details: { ...details, destination: id, shown: 'counts' },
    });
    return preview;
  };

  test: Destinations['test'] = async (request, options) => {
    const result = await this.#inner.test(request, options);
    await this.#recorder.act(options.credentials, {
      type: 'audit-trail.destination-tested',
      outcome: result.delivered ? 'succeeded' : 'failed',
      resource: destinationResource(request.id, request.id),
      details: result.error ? { error: result.error } : {},
    });
    return result;
  };

  deliveries: Destinations['deliveries'] = async (query, options) => {
    const found = await this.#inner.deliveries(query, options);
    const { destination, eventId, state } = query;
    const what = { deliveries: { destination, eventId, state } };
    await this.#recorder.look(options.credentials, {
      type: 'audit-trail.viewed',
      what: JSON.stringify(what),
      // Fields that choose nothing are not there in JSON.
      details: JSON.parse(JSON.stringify(what)),
    });
    return found;
  };

  redrive: Destinations['redrive'] = async (request, options) => {
    const redriven = await this.#inner.redrive(request, options);
    const { destination, eventIds, filter } = request;
    await this.#recorder.act(options.credentials, {
      type: 'audit-trail.deliveries-redriven',
      resource: destinationResource(destination, destination),
      details: {
        redriven,
        ...(filter && { filter: auditEventFilterToParams(filter).toString() }),
        ...(eventIds && { eventIds }),
      },
    });
    return redriven;
  };
}

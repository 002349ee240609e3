import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  DeliveryRejectedError,
  DeliveryRetryError,
  type Forwarder,
  type ForwarderLimits,
  type ForwarderOptions,
  type ForwarderTestResult,
  type ForwardRequest,
} from 'backstage-plugin-audit-trail-node';
import { batchBodies } from './batchBodies';
import { possibleEventNames } from './eventNames';
import type { LoopGuard } from './LoopGuard';
import type { SegmentSourceConfig } from './readSegmentSourceConfig';
import { SourcesClient, type FoundSource } from './SourcesClient';
import { trackCall } from './trackCall';
import { trackCallText } from './trackCallText';
import { TrackingApiClient } from './TrackingApiClient';

/** How long Segment may take for one answer. */
const TIMEOUT_MS = 10_000;

/** Most requests of one call, 20 MB, so that it ends in a foreseeable time. */
const MAX_REQUESTS = 40;

/** Delivers events to a source of Segment by its Tracking API. */
export class SegmentSourceForwarder implements Forwarder {
  readonly limits: ForwarderLimits;
  readonly #destinationId: string;
  readonly #config: SegmentSourceConfig;
  readonly #eventUrl: ForwarderOptions['eventUrl'];
  readonly #guard: LoopGuard;
  readonly #trackingApi: TrackingApiClient;
  readonly #sources?: SourcesClient;

  constructor(
    options: Pick<ForwarderOptions, 'destinationId' | 'eventUrl'> & {
      config: SegmentSourceConfig;
      guard: LoopGuard;
      /** How long Segment may take for one answer; 10 seconds by default. */
      timeoutMs?: number;
    },
  ) {
    const { config, timeoutMs = TIMEOUT_MS } = options;
    this.#destinationId = options.destinationId;
    this.#config = config;
    this.#eventUrl = options.eventUrl;
    this.#guard = options.guard;
    this.#guard.add({
      eventNames: possibleEventNames(config.eventName),
      sourceId: config.sourceId,
      sourceSlug: config.sourceSlug,
    });
    this.limits = { maxEvents: config.maxEvents };
    this.#trackingApi = new TrackingApiClient({
      baseUrl: config.trackingApi,
      writeKey: config.writeKey,
      timeoutMs,
    });
    if (config.publicApiToken) {
      this.#sources = new SourcesClient({
        baseUrl: config.publicApi,
        token: config.publicApiToken,
        timeoutMs,
      });
    }
  }

  skip(event: AuditEvent): string | undefined {
    return this.#guard.reason(event);
  }

  /**
   * Delivers a batch, in several requests if it is larger than Segment takes
   * at once. If one of them fails, the engine sends all events again, and
   * Segment drops those that it has by their message ids.
   */
  async forward(request: ForwardRequest): Promise<void> {
    const calls = request.events.map(event =>
      trackCallText(
        trackCall(event, {
          destinationId: this.#destinationId,
          eventName: this.#config.eventName,
          url: this.#eventUrl(event.id),
          test: request.test,
        }),
      ),
    );
    const bodies = batchBodies(calls, new Date());
    if (bodies.length > MAX_REQUESTS) {
      // Nothing was sent yet; the engine comes with the halves.
      throw new DeliveryRejectedError(
        `${calls.length} events are too large for ${MAX_REQUESTS} requests`,
      );
    }
    for (const body of bodies) {
      await this.#trackingApi.send(body, request.signal);
    }
  }

  async test(options: { signal: AbortSignal }): Promise<ForwarderTestResult> {
    const { name } = this.#trackingApi;
    const proves = [`${name} answered, and took the test event.`];
    const doesNotProve = [
      'That the event arrived in the source: Segment checks it after its answer. The Debugger of the source shows it.',
    ];
    const keyIsRight = 'That the write key is right: ';
    if (!this.#sources) {
      doesNotProve.unshift(
        `${keyIsRight}Segment answers 200 to a wrong one as well. With publicApiToken configured, the test finds out which source has it.`,
      );
      return { proves, doesNotProve };
    }
    try {
      const source = await this.#sources.findByWriteKey(
        this.#config.writeKey,
        options.signal,
      );
      proves.push(this.#checkSource(source));
    } catch (error) {
      if (!(error instanceof DeliveryRetryError)) {
        throw error;
      }
      doesNotProve.unshift(`${keyIsRight}${error.message}.`);
    }
    return { proves, doesNotProve };
  }

  /**
   * What a source that has the write key proves.
   *
   * @throws `DeliveryRejectedError` if events do not arrive in it, or not in
   * the one that is configured
   */
  #checkSource(source: FoundSource | undefined): string {
    const { region, sourceId, sourceSlug } = this.#config;
    if (!source?.enabled) {
      throw new DeliveryRejectedError(
        `No enabled source of this workspace has this write key (region ${region})${
          source ? `; the source "${source.name}" has it, but is disabled` : ''
        }. Segment answers as if it took the events, and drops them.`,
      );
    }
    if (
      (sourceId && sourceId !== source.id) ||
      (sourceSlug && sourceSlug !== source.slug)
    ) {
      throw new DeliveryRejectedError(
        `The write key is that of the source "${source.name}" (id ${source.id}, slug ${source.slug}), not of the one that sourceId or sourceSlug name`,
      );
    }
    return `The enabled source "${source.name}" of this workspace (region ${region}, id ${source.id}) has this write key.`;
  }
}

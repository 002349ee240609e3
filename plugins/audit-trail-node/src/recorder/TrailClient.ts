import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ActivityRegistration,
  RegisterActivitiesRequest,
} from 'backstage-plugin-audit-trail-common';

const PLUGIN_ID = 'audit-trail';

/** What became of a batch. */
export interface PostedEvents {
  accepted: number;
  duplicates: number;
  /** Ids of all events that are valid, in the order of the batch. */
  ids: string[];
  /** What is wrong with the others, by those that cannot mend them. */
  faults?: string[];
}

/** How to send a batch. */
export interface PostOptions {
  /** The way in that the events are to be known by. */
  intake: 'recorder' | 'auditor';
  /** Ends the call. */
  signal: AbortSignal;
}

/** Calls the Audit Trail's backend as the plugin it works for. */
export class TrailClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): TrailClient {
    return new TrailClient(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  /**
   * Records events, each given as JSON.
   *
   * @throws `ResponseError` if they are refused
   */
  async postEvents(
    events: string[],
    options: PostOptions,
  ): Promise<PostedEvents> {
    const response = await this.#call('POST', '/v1/events', {
      body: `{"intake":${JSON.stringify(options.intake)},"events":[${events}]}`,
      signal: options.signal,
    });
    return response.json() as Promise<PostedEvents>;
  }

  /**
   * Describes activities.
   *
   * @throws `ResponseError` if they are refused
   */
  async putActivities(
    activities: ActivityRegistration[],
    options: { signal: AbortSignal },
  ): Promise<void> {
    const body: RegisterActivitiesRequest = { activities };
    const response = await this.#call('PUT', '/v1/activities', {
      body: JSON.stringify(body),
      signal: options.signal,
    });
    await response.body?.cancel();
  }

  async #call(
    method: string,
    path: string,
    options: { body: string; signal: AbortSignal },
  ): Promise<Response> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl(PLUGIN_ID),
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: PLUGIN_ID,
      }),
    ]);
    const response = await fetch(`${baseUrl}${path}`, {
      ...options,
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  type TestBackend,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import type { Destination } from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from 'backstage-plugin-audit-trail-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { OWNER, startTrailBackend } from '../../__testUtils__/backend';
import type { TestTrailDatabases } from '../../__testUtils__/databases';
import { eventInput } from '../../__testUtils__/events';
import {
  RecordingDestination,
  recordingModule,
} from '../../__testUtils__/recordingForwarder';

export const BASE = '/api/audit-trail/v1';

/** So many events of one kind. */
export const some = (count: number, event: Partial<AuditEventInput> = {}) =>
  Array.from({ length: count }, () => event);

/** The same ids, in no order that counts. */
export const sorted = (ids: string[]) => [...ids].sort();

type StartOptions = Parameters<typeof startTrailBackend>[0];

/** Replicas of the backend on one database that forward to a destination. */
export class TestForwarding {
  static async create(
    databases: TestTrailDatabases,
    databaseId: TestDatabaseId,
  ): Promise<TestForwarding> {
    return new TestForwarding(await databases.init(databaseId));
  }

  /** The destination `data`. */
  readonly receiver = new RecordingDestination();
  /** Sends the portal's notifications. */
  readonly send = jest.fn<Promise<void>, [NotificationSendOptions]>();
  readonly #backends: TestBackend[] = [];

  private constructor(readonly knex: Knex) {}

  /** Starts a replica. */
  async start(
    destination: object = {},
    limits?: Parameters<typeof recordingModule>[1],
    options: Pick<StartOptions, 'features' | 'policy'> & {
      destinations?: object;
      forwarding?: object;
    } = {},
  ): Promise<TestBackend> {
    const { destinations, features = [], forwarding, policy } = options;
    const { knex, receiver, send } = this;
    const backend = await startTrailBackend({
      knex,
      policy,
      features: [
        recordingModule({ data: receiver }, limits),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send }),
        }),
        ...features,
      ],
      config: {
        app: { baseUrl: 'https://portal.example.com' },
        auditTrail: {
          owners: ['group:default/owners'],
          forwarding: {
            destinations: {
              data: {
                type: 'recording',
                title: 'Data',
                // What tests do with destinations is an event, too.
                filter: { 'not.category': 'audit-trail' },
                ...destination,
              },
              ...destinations,
            },
            ...forwarding,
          },
        },
      },
    });
    this.#backends.push(backend);
    return backend;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#backends.splice(0).map(backend => backend.stop()));
  }

  /** Asks as an Owner. */
  ask(backend: TestBackend, method: 'get' | 'post' | 'patch', path: string) {
    return request(backend.server)
      [method](`${BASE}${path}`)
      .set('Authorization', mockCredentials.user.header(OWNER));
  }

  /** Changes the destination as an Owner. */
  change(backend: TestBackend, changes: object) {
    return this.ask(backend, 'patch', '/destinations/data')
      .send(changes)
      .expect(200);
  }

  /** Records events as a service; gives their ids back. */
  async record(
    backend: TestBackend,
    events: Partial<AuditEventInput>[],
  ): Promise<string[]> {
    const { body } = await request(backend.server)
      .post(`${BASE}/events`)
      .set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('external:deploys'),
          targetPluginId: 'audit-trail',
        }),
      )
      .send({ events: events.map(event => eventInput(event)) })
      .expect(201);
    return body.ids;
  }

  /** What an Owner sees of a destination. */
  async status(backend: TestBackend, id = 'data'): Promise<Destination> {
    const { body } = await this.ask(backend, 'get', '/destinations').expect(
      200,
    );
    return body.items.find((item: Destination) => item.id === id);
  }

  /** What became of each event, and why. */
  async states(): Promise<Record<string, [string, string | null]>> {
    const rows = await this.knex('audit_deliveries').select(
      'event_id',
      'state',
      'error',
    );
    return Object.fromEntries(
      rows.map(({ event_id, state, error }) => [event_id, [state, error]]),
    );
  }
}

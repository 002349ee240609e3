import type { DeliveryState } from 'backstage-plugin-audit-trail-common';
import type { Knex } from 'knex';
import { applyCriteria } from '../applyCriteria';
import type { AuditEventCriteria } from '../criteria';
import { readTime } from '../databaseTime';
import { sharing } from './DatabaseDestinationsStore';
import {
  firstByEvent,
  whereOpen,
  whereWaiting,
  type OpenState,
} from './openDeliveries';
import {
  toDelivery,
  type DeliveryRow,
  type StoredDelivery,
} from './deliveryRow';

/** What is open for a destination. */
export interface Backlog {
  /** Deliveries that wait, counted up to a limit. */
  pending: number;
  /**
   * Since when the one is due that has been due longest. What is kept back, on
   * purpose or until its own next try, is not due.
   */
  dueSince?: Date;
  /** Deliveries given up, counted up to the limit. */
  dead: number;
}

/** What there is of deliveries to look at, and what may be sent again. */
export class DatabaseDeliveriesStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DatabaseDeliveriesStore {
    return new DatabaseDeliveriesStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What is open for a destination. */
  async backlog(destinationId: string, limit: number): Promise<Backlog> {
    const deliveries = () =>
      this.#knex('audit_deliveries').where({ destination_id: destinationId });
    const count = async (state: OpenState) => {
      const open = whereOpen(deliveries(), state).select('event_id');
      const [counted] = await this.#knex
        .from(firstByEvent(open, limit).as('open'))
        .count({ count: '*' });
      return Number(counted.count);
    };
    const first: Pick<DeliveryRow, 'at'> | undefined = await whereWaiting(
      deliveries(),
    )
      .where('at', '<=', new Date())
      .orderBy('at')
      .first('at');
    return {
      pending: await count('pending'),
      dueSince: readTime(first?.at ?? null),
      dead: await count('dead'),
    };
  }

  /** Deliveries, those of the newest events first. */
  async list(options: {
    destinationIds: string[];
    eventId?: string;
    state?: DeliveryState;
    /** Start behind this one. */
    after?: { eventId: string; destinationId: string };
    limit: number;
  }): Promise<StoredDelivery[]> {
    const { destinationIds, eventId, state, after, limit } = options;
    const query = this.#knex('audit_deliveries')
      .whereIn('destination_id', destinationIds)
      .orderBy([
        { column: 'event_id', order: 'desc' },
        { column: 'destination_id', order: 'asc' },
      ])
      .limit(limit);
    if (eventId) {
      query.where({ event_id: eventId });
    }
    if (state === 'pending' || state === 'dead') {
      whereOpen(query, state);
    } else if (state) {
      query.where({ state });
    }
    if (after) {
      query.where(behind =>
        behind
          .where('event_id', '<', after.eventId)
          .orWhere(same =>
            same
              .where('event_id', after.eventId)
              .where('destination_id', '>', after.destinationId),
          ),
      );
    }
    const rows: DeliveryRow[] = await query;
    return rows.map(toDelivery);
  }

  /**
   * Sends dead letters of a destination on their way again: those of events
   * that criteria choose, of some events if they are given.
   *
   * @returns how many; `undefined` if the destination is off, where they would
   * be taken out of the queue for good
   */
  async redrive(options: {
    destinationId: string;
    criteria: AuditEventCriteria;
    eventIds?: string[];
  }): Promise<number | undefined> {
    const { destinationId, criteria, eventIds } = options;
    return this.#knex.transaction(async (tx): Promise<number | undefined> => {
      const destination = await sharing(
        tx,
        tx('audit_destinations').where({ id: destinationId }).first('enabled'),
      );
      if (!destination?.enabled) {
        return undefined;
      }
      const chosen = tx('audit_events')
        .select('audit_events.id')
        .whereRaw('audit_events.id = audit_deliveries.event_id');
      applyCriteria(chosen, tx, criteria);
      const query = whereOpen(
        tx('audit_deliveries').where({ destination_id: destinationId }),
        'dead',
      ).whereExists(chosen);
      if (eventIds) {
        query.whereIn('event_id', eventIds);
      }
      return query.update({
        state: 'pending',
        at: new Date(),
        attempts: 0,
        failing_since: null,
      });
    });
  }
}

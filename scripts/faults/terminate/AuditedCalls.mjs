import { setTimeout as delay } from 'node:timers/promises';
import { DATABASES, connect } from '../../bench/database.mjs';
import { callAudited } from '../auditedCall.mjs';

const CLIENTS = 4;
const PREFIX = 'entity:component:default/terminate-';
const PAUSE_MS = 50;

/** Makes calls that are audited, one after the other. */
export class AuditedCalls {
  #clients;
  #next = 0;
  #stopped = false;
  #urlOf;
  /** Numbers of the calls that were answered. */
  answered = new Set();

  /** @param urlOf gives the backend's address; nothing while there is none */
  constructor(urlOf) {
    this.#urlOf = urlOf;
    this.#clients = Array.from({ length: CLIENTS }, () => this.#client());
  }

  async stop() {
    this.#stopped = true;
    await Promise.all(this.#clients);
  }

  async #client() {
    while (!this.#stopped) {
      const url = this.#urlOf();
      const number = this.#next++;
      if (url && (await this.#ask(url, number))) {
        this.answered.add(number);
      } else {
        await delay(PAUSE_MS);
      }
    }
  }

  async #ask(url, number) {
    try {
      return (await callAudited(url, `terminate-${number}`)) < 500;
    } catch {
      return false;
    }
  }
}

/** Outcomes that the trail has of the calls, by their numbers. */
export async function readAudited({ connectionString }) {
  const client = await connect(connectionString, DATABASES.large);
  try {
    const { rows } = await client.query(
      `select substr(resource_key, $1)::int as number, array_agg(outcome) as outcomes
       from audit_events
       where type = 'catalog.entity-mutate' and resource_key like $2
       group by 1`,
      [PREFIX.length + 1, `${PREFIX}%`],
    );
    return new Map(rows.map(({ number, outcomes }) => [number, outcomes]));
  } finally {
    await client.end();
  }
}

import { createHash } from 'node:crypto';

/** Takes the parts of an NDJSON file; knows its ids, hash and length. */
export class ExportedIds {
  #decoder = new TextDecoder();
  #hash = createHash('sha256');
  #rest = '';
  ids = new Set();
  /** Ids that came more than once. */
  twice = 0;
  length = 0;

  add(part) {
    this.#hash.update(part);
    this.length += part.length;
    const lines = (
      this.#rest + this.#decoder.decode(part, { stream: true })
    ).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) {
      const { id } = JSON.parse(line);
      // The last line is the manifest.
      if (id) {
        this.twice += this.ids.has(id) ? 1 : 0;
        this.ids.add(id);
      }
    }
  }

  sha256() {
    return this.#hash.digest('hex');
  }
}

/**
 * What there is before an export begins.
 *
 * @returns asked after it has begun: ids that there are then, each with whether
 *   it was there before
 */
export async function noteEvents(pg) {
  await pg.query(
    `drop table if exists events_before;
     create temporary table events_before as select id from audit_events;
     analyze events_before`,
  );
  return async () => {
    const { rows } = await pg.query(
      `select id, events_before.id is not null as before
       from audit_events left join events_before using (id)`,
    );
    return new Map(rows.map(({ id, before }) => [id, before]));
  };
}

/**
 * What is wrong with the ids of a file, by what there was when it began, and
 * what had been acknowledged just before that.
 */
export function compareIds({ ids, twice }, thereThen, acknowledged) {
  const before = [...thereThen].filter(one => one[1]).map(([id]) => id);
  const missing = new Set(
    [...before, ...acknowledged].filter(id => !ids.has(id)),
  ).size;
  const unknown = [...ids].filter(id => !thereThen.has(id)).length;
  return [
    [twice, 'events are there twice'],
    [missing, 'events are missing that were there when it began'],
    [unknown, 'events are there that were not when it began'],
  ].flatMap(([count, what]) =>
    count > 0 ? [`the slow export: ${count} ${what}`] : [],
  );
}

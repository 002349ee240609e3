import type { Knex } from 'knex';
import type { EventOrigin } from '../ingest/normaliseEvent';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { eventInput } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';
import { normaliseEvent } from '../ingest/normaliseEvent';
import { EventUnion } from '../union/EventUnion';
import { createTestPruner } from './__testUtils__/pruner';
import { useTrail } from './__testUtils__/useTrail';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

/** Notes each statement that changes or removes events, if only none. */
async function noteChanges(knex: Knex): Promise<() => Promise<string[]>> {
  await knex.raw(`
    create table noted_changes (operation text not null);
    create function note_change() returns trigger language plpgsql as $$
      begin
        insert into noted_changes values (tg_op || ' ' || tg_table_name);
        return null;
      end
    $$;`);
  for (const table of ['audit_events', 'audit_event_resources']) {
    await knex.raw(
      `create trigger note_change after update or delete or truncate
        on ${table} for each statement execute function note_change()`,
    );
  }
  return async () => {
    const noted = await knex('noted_changes').pluck('operation');
    await knex('noted_changes').delete();
    return [...new Set<string>(noted)].sort();
  };
}

const postgres = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));

describe.each(postgres)('the events on %s', databaseId => {
  let knex: Knex;
  let noted: () => Promise<string[]>;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    noted = await noteChanges(knex);
  });

  it('are changed and removed by nothing that is done with the trail', async () => {
    const { taken, again, listed, exported, delivered } = await useTrail(knex);
    expect(taken.length).toBeGreaterThan(5);
    expect(again).toMatchObject({ accepted: 0, duplicates: taken.length });
    expect(listed).toEqual(taken);
    expect(exported).toEqual(taken);
    expect(delivered).toEqual(taken);
    expect(await noted()).toEqual([]);
  });

  it('are changed where two intakes tell of one', async () => {
    const store = DatabaseAuditEventsStore.create({
      knex,
      union: EventUnion.create({ sources: ['segment'] }),
    });
    const event = eventInput();
    const tellBy = (intake: EventOrigin['intake'], key: string) =>
      store.append([
        normaliseEvent(
          { ...event, sourceEventId: intake, resources: [key] },
          { source: 'segment', intake },
          new Date(),
        ),
      ]);
    await tellBy('segment-webhook', 'segment:source:s1');
    expect(await noted()).toEqual([]);
    await tellBy('segment-api', 'segment:space:x');
    expect(await noted()).toEqual(['UPDATE audit_events']);
  });

  it('are removed by a prune', async () => {
    await createTestPruner({ knex, retention: { maxEvents: 1 } }).prune();
    expect(await noted()).toEqual([
      'DELETE audit_event_resources',
      'DELETE audit_events',
    ]);
  });
});

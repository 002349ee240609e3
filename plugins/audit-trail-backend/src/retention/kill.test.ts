import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Knex } from 'knex';
import { TestTrailDatabases } from '../__testUtils__/databases';
import { auditEvent } from '../__testUtils__/events';
import { DatabaseAuditEventsStore } from '../database/DatabaseAuditEventsStore';

jest.setTimeout(300_000);

const databases = new TestTrailDatabases();
const postgres = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Prunes in a process of its own, which is killed after some steps.
 *
 * @returns whether it came to its end
 */
async function pruneUntil(knex: Knex, steps: number): Promise<boolean> {
  const connection = await knex.client.acquireConnection();
  const { host, port, database, user, password } =
    connection.connectionParameters;
  await knex.client.releaseConnection(connection);
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(__dirname, '__testUtils__', 'prune.ts'),
      ...[host, String(port), database, user, password ?? ''],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  let done = false;
  let left = steps;
  for await (const line of createInterface({ input: child.stdout })) {
    done ||= line === 'done';
    left--;
    if (left === 0) {
      // In the midst of the next step.
      await new Promise(resolve => setTimeout(resolve, Math.random() * 60));
      child.kill('SIGKILL');
    }
  }
  await closed;
  return done;
}

describe.each(postgres)('kill -9 of a process that prunes %s', databaseId => {
  it('loses nothing that is to be kept, and the next one goes on', async () => {
    const knex = await databases.init(databaseId);
    const store = DatabaseAuditEventsStore.create({ knex });
    const events = (count: number, days: number) =>
      Array.from({ length: count }, (_, at) =>
        auditEvent({
          occurredAt: new Date(
            Date.now() - days * DAY_MS + at * 1000,
          ).toISOString(),
          resources: ['segment:source:s1'],
        }),
      );
    const old = events(10_000, 95);
    const kept = events(500, 1);
    for (let at = 0; at < old.length; at += 1_000) {
      await store.append(old.slice(at, at + 1_000));
    }
    await store.append(kept);
    const waiting = old.filter((_, at) => at % 250 === 7);
    await knex('audit_deliveries').insert(
      waiting.map(({ id }) => ({
        ...{ destination_id: 'siem', event_id: id, state: 'pending' },
        ...{ queued_at: new Date(), at: new Date(), attempts: 0 },
      })),
    );

    let kills = 0;
    while (!(await pruneUntil(knex, kills < 4 ? 3 : Infinity))) {
      kills++;
    }
    expect(kills).toBe(4);

    const rows: { id: string; type: string; details: string }[] = await knex(
      'audit_events',
    ).select('id', 'type', 'details');
    const prunes = rows.filter(({ type }) => type === 'audit-trail.pruned');
    expect(prunes.map(({ details }) => JSON.parse(details))).toEqual([
      expect.objectContaining({
        count: old.length - waiting.length,
        undelivered: waiting.length,
      }),
    ]);
    const left = rows.filter(({ type }) => type !== 'audit-trail.pruned');
    expect(left.map(({ id }) => id).sort()).toEqual(
      [...waiting, ...kept].map(({ id }) => id).sort(),
    );
    const count = async (table: string) =>
      Number((await knex(table).count({ count: '*' }))[0].count);
    expect(await count('audit_deliveries')).toBe(waiting.length);
    const [{ orphans }] = await knex('audit_event_resources')
      .whereNotIn('event_id', knex('audit_events').select('id'))
      .count({ orphans: '*' });
    expect(Number(orphans)).toBe(0);
    const [{ counted }] = await knex('audit_event_counts').sum({
      counted: knex.raw('quarter_0 + quarter_1 + quarter_2 + quarter_3'),
    });
    expect(Number(counted)).toBe(rows.length);
  });
});

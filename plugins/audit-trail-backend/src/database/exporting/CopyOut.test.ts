import { setImmediate as nextTurn } from 'node:timers/promises';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { CopyOut, type GiveWay } from './CopyOut';

jest.setTimeout(180_000);

const databases = new TestTrailDatabases();
const POSTGRES = databases
  .eachSupportedId()
  .filter(([id]) => id.startsWith('POSTGRES'));

describe.each(POSTGRES)('COPY on %s', databaseId => {
  /** Copies 20,000 lines of a kilobyte out. */
  const copy = async (
    onLine: (line: Buffer) => void,
    giveWay: GiveWay = nextTurn,
  ) => {
    const knex = await databases.init(databaseId);
    await knex.transaction(async trx =>
      CopyOut.run({
        giveWay,
        client: await trx.client.acquireConnection(),
        text: `copy (
          select lpad(n::text, 999, '.') from generate_series(1, 20000) as n
        ) to stdout`,
        onLine,
      }),
    );
  };

  it('lets others have their turn, however fast the lines come', async () => {
    let bytes = 0;
    let bytesBefore = 0;
    let most = 0;
    let turn: NodeJS.Immediate;
    const look = () => {
      most = Math.max(most, bytes - bytesBefore);
      bytesBefore = bytes;
      turn = setImmediate(look);
    };
    look();
    await copy(line => {
      bytes += line.length;
    });
    clearImmediate(turn!);
    expect(bytes).toBe(20_000 * 1_000);
    // Of what was read at once no part is left for later.
    expect(most).toBeLessThanOrEqual(3 * 64 * 1024);
  });

  it('gives way for as long as others take, and for no more than a second in all', async () => {
    let held = 0;
    let bytes = 0;
    let bytesMeanwhile = 0;
    await copy(
      line => {
        bytes += line.length;
      },
      async () => {
        held++;
        // What was read before it took effect is there by then.
        await nextTurn();
        await nextTurn();
        const before = bytes;
        await new Promise(resolve => setTimeout(resolve, 100));
        bytesMeanwhile += bytes - before;
      },
    );
    expect(bytes).toBe(20_000 * 1_000);
    expect(bytesMeanwhile).toBe(0);
    // Of more than 300 times that it might have been asked.
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(11);
  });

  it('reads to the end what nobody can take, and tells why', async () => {
    const lines: string[] = [];
    await expect(
      copy(line => {
        lines.push(line.toString().trim());
        if (lines.length === 3) {
          throw new Error('No more room');
        }
      }),
    ).rejects.toThrow('No more room');
    expect(lines).toHaveLength(3);
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAuditor } from './__testUtils__/auditorOf';
import { startTrail, type TrailStandIn } from './__testUtils__/trail';
import { waitUntil } from './__testUtils__/waitUntil';

jest.setTimeout(300_000);

/** What processes said that they had handed over. */
interface Said {
  begun: Set<number>;
  ended: Set<number>;
  finished: boolean;
}

/** A process that audits, and what it says until it ends. */
function startBurst(
  options: { url: string; folder: string; first: number; count: number },
  said: Said,
): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(__dirname, '__testUtils__', 'burst.ts'),
      options.url,
      options.folder,
      String(options.first),
      String(options.count),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let rest = '';
  child.stdout!.on('data', chunk => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [what, number] = line.split(' ');
      if (what === 'begun' || what === 'ended') {
        said[what].add(Number(number));
      }
      said.finished ||= what === 'done';
    }
  });
  return child;
}

const numberOf = (event: { details?: object }) =>
  (event.details as { meta: { number: number } }).meta.number;

describe('kill -9 of a process that audits', () => {
  let trail: TrailStandIn;

  beforeEach(async () => {
    trail = await startTrail();
  });

  afterEach(async () => {
    await trail.close();
  });

  it.each([
    ['while the trail takes all', () => undefined],
    ['while the trail is away', () => ({ status: 503, body: {} })],
    [
      'while the trail stores, and answers that it did not',
      (at: number) => (at % 3 === 0 ? undefined : { status: 201, body: {} }),
    ],
  ])('loses nothing that was handed over, %s', async (_, answer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'auditor-kill-'));
    let calls = 0;
    trail.answer = () => answer(calls++);
    const said: Said = { begun: new Set(), ended: new Set(), finished: false };
    const lives = 3;
    for (let life = 0; life < lives; life++) {
      const child = startBurst(
        { url: trail.url, folder, first: life * 100_000, count: 100_000 },
        said,
      );
      const before = said.ended.size;
      await waitUntil(
        'a burst is under way',
        () => said.ended.size > before + 300,
        120,
      );
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    expect(said.finished).toBe(false);
    const countOf = new Map<string, number>();
    trail.answer = undefined;
    const auditor = await startAuditor({ url: trail.url, folder });
    auditor.forPlugin('catalog');
    await waitUntil(
      'nothing is left',
      async () =>
        (await readdir(folder)).filter(name => name.endsWith('.ndjson'))
          .length === 1,
      200,
    );
    await auditor.stop();
    const events = trail.events();
    for (const event of events) {
      const key = `${numberOf(event)}`;
      countOf.set(key, (countOf.get(key) ?? 0) + 1);
    }
    const outcomes = new Map(
      events.map(event => [numberOf(event), event.outcome]),
    );
    const lost = [...said.begun].filter(number => !outcomes.has(number));
    const withoutOutcome = [...said.ended].filter(
      number => outcomes.get(number) !== 'succeeded',
    );
    const twice = [...countOf.values()].filter(count => count > 1);
    expect({ lost, withoutOutcome, twice }).toEqual({
      lost: [],
      withoutOutcome: [],
      twice: [],
    });
    // What was under way when its process was killed stands there as begun.
    const open = events.filter(({ outcome }) => outcome === 'initiated');
    expect(open.length).toBeLessThanOrEqual(20 * lives);
    expect(said.ended.size).toBeGreaterThan(lives * 300);
  });
});

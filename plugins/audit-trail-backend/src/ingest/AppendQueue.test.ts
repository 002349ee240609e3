import { auditEvent } from '../__testUtils__/events';
import { AppendQueue } from './AppendQueue';

const nextTurn = () => new Promise(resolve => setImmediate(resolve));

describe('AppendQueue', () => {
  it('gathers those who come while a transaction is under way', async () => {
    const transactions: number[] = [];
    let commit = () => {};
    const queue = new AppendQueue(async events => {
      transactions.push(events.length);
      await new Promise<void>(resolve => {
        commit = resolve;
      });
      return new Set(events.map(({ id }) => id));
    });
    const first = queue.append([auditEvent()]);
    const others = [
      queue.append([auditEvent()]),
      queue.append([auditEvent(), auditEvent()]),
    ];
    await nextTurn();
    expect(transactions).toEqual([1]);
    commit();
    expect((await first).size).toBe(1);
    await nextTurn();
    expect(transactions).toEqual([1, 3]);
    commit();
    expect((await Promise.all(others)).map(({ size }) => size)).toEqual([1, 2]);
  });

  it('makes no transaction larger than 2,000 events but for one caller', async () => {
    const transactions: number[] = [];
    const queue = new AppendQueue(async events => {
      transactions.push(events.length);
      await nextTurn();
      return new Set(events.map(({ id }) => id));
    });
    const batch = (size: number) =>
      queue.append(Array.from({ length: size }, () => auditEvent()));
    await Promise.all([
      batch(1),
      batch(1_500),
      batch(600),
      batch(1_400),
      batch(3_000),
    ]);
    expect(transactions).toEqual([1, 1_500, 2_000, 3_000]);
  });

  it('does not let one caller’s events fail another’s', async () => {
    const bad = auditEvent();
    const stored: string[] = [];
    const queue = new AppendQueue(async events => {
      await nextTurn();
      if (events.includes(bad)) {
        throw Object.assign(new Error('refused'), { code: '22021' });
      }
      stored.push(...events.map(({ id }) => id));
      return new Set(events.map(({ id }) => id));
    });
    const good = [auditEvent(), auditEvent(), auditEvent()];
    const answers = await Promise.allSettled([
      queue.append([good[0]]),
      queue.append([good[1]]),
      queue.append([bad]),
      queue.append([good[2]]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(stored).toEqual(good.map(({ id }) => id));
    await expect(queue.append([auditEvent()])).resolves.toHaveProperty(
      'size',
      1,
    );
  });

  it('does not let a transaction that hangs hold up the next ones', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const queue = new AppendQueue(async events => {
      begun.push(events.length);
      await new Promise<void>(resolve => ends.push(resolve));
      return new Set(events.map(({ id }) => id));
    });
    const hanging = queue.append([auditEvent()]);
    const next = queue.append([auditEvent(), auditEvent()]);
    await jest.advanceTimersByTimeAsync(14_900);
    expect(begun).toEqual([1]);
    await jest.advanceTimersByTimeAsync(200);
    expect(begun).toEqual([1, 2]);
    ends[1]();
    await expect(next).resolves.toHaveProperty('size', 2);
    // It may have committed after all.
    ends[0]();
    await expect(hanging).resolves.toHaveProperty('size', 1);
    jest.useRealTimers();
  });

  it('tries nobody alone while the database is away, and turns away too many', async () => {
    let tries = 0;
    const queue = new AppendQueue(async () => {
      tries++;
      await nextTurn();
      throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    });
    const first = Promise.allSettled(
      Array.from({ length: 51 }, () =>
        queue.append(Array(1_000).fill(auditEvent())),
      ),
    );
    await expect(queue.append([auditEvent()])).rejects.toThrow(
      'The database takes events in too slowly; try again later',
    );
    const answers = await first;
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(26);
  });
});

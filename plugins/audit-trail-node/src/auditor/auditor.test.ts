import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { startAuditor, type AuditorOptions } from './__testUtils__/auditorOf';
import { startTrail, type TrailStandIn } from './__testUtils__/trail';
import { waitUntil } from './__testUtils__/waitUntil';

jest.setTimeout(120_000);

const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

describe('the auditor', () => {
  const stops: (() => Promise<void>)[] = [];
  let folder: string;
  let trail: TrailStandIn;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'auditor-'));
    trail = await startTrail();
    stops.push(() => trail.close());
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
  });

  const start = async (options: Partial<AuditorOptions> = {}) => {
    const auditor = await startAuditor({ url: trail.url, folder, ...options });
    stops.push(() => auditor.stop());
    return auditor;
  };
  // A file that was sent meanwhile holds nothing.
  const contentOf = (name: string) =>
    readFile(path.join(folder, name), 'utf8').catch(error => {
      if (error.code === 'ENOENT') {
        return '';
      }
      throw error;
    });
  const spooled = async () =>
    (
      await Promise.all(
        (await readdir(folder))
          .filter(name => name.endsWith('.ndjson'))
          .map(contentOf),
      )
    ).join('');

  it('makes one event of what begins and how it ends', async () => {
    const catalog = (await start()).forPlugin('catalog');
    const request = {
      method: 'POST',
      originalUrl: '/api/catalog/refresh?access_token=secret',
      headers: { authorization: 'Bearer mock-user-token' },
      get: () => undefined,
    } as never;
    const event = await catalog.createEvent({
      eventId: 'entity-mutate',
      severityLevel: 'medium',
      request,
      meta: { queryType: 'refresh', entityRef: 'component:default/shop' },
    });
    await new Promise(resolve => setTimeout(resolve, 30));
    await event.success({
      meta: { refreshed: true, nothing: undefined } as {},
    });
    const failing = await catalog.createEvent({
      eventId: 'location-mutate',
      meta: { id: 'l1' },
    });
    const error = new TypeError('the password is hunter2');
    await failing.fail({ error });
    await waitUntil('both are sent', () => trail.events().length === 2);
    expect(trail.events()).toEqual([
      {
        sourceEventId: expect.any(String),
        correlationId: expect.any(String),
        type: 'catalog.entity-mutate',
        occurredAt: expect.any(String),
        outcome: 'succeeded',
        severity: 'medium',
        actor: {
          type: 'user',
          id: 'user:default/mock',
          entityRef: 'user:default/mock',
        },
        resource: { key: 'entity:component:default/shop' },
        details: {
          meta: {
            queryType: 'refresh',
            entityRef: 'component:default/shop',
            refreshed: true,
          },
          request: { method: 'POST', path: '/api/catalog/refresh' },
          durationMs: expect.any(Number),
        },
      },
      expect.objectContaining({
        type: 'catalog.location-mutate',
        outcome: 'failed',
        severity: 'low',
        actor: { type: 'service', id: 'plugin:catalog' },
        resource: { key: 'catalog:location:l1' },
        details: {
          meta: { id: 'l1' },
          error: { name: 'TypeError' },
          durationMs: expect.any(Number),
        },
      }),
    ]);
    expect(trail.events()[0].details?.durationMs).toBeGreaterThanOrEqual(29);
    expect(trail.calls.map(({ intake }) => intake)).toContain('auditor');
    expect(trail.calls[0].authorization).toContain('"plugin:catalog"');
  });

  it('keeps what the trail does not take, in files without secrets, until it does', async () => {
    trail.answer = () => ({ status: 503, body: {} });
    const logger = mockServices.logger.mock({ child: () => logger });
    const first = await start({ logger });
    const catalog = first.forPlugin('catalog');
    for (let number = 0; number < 50; number++) {
      const event = await catalog.createEvent({
        eventId: 'entity-mutate',
        severityLevel: 'medium',
        meta: { number, apiKey: 'k-4711', note: `token ${TOKEN}` },
      });
      await event.success();
    }
    await waitUntil('it was tried', () => trail.calls.length > 1);
    const files = await spooled();
    expect(files).toContain('"number":49');
    expect(files).not.toMatch(/k-4711|ghp_/);
    const names = await readdir(folder);
    const modes = await Promise.all(
      [folder, ...names.map(name => path.join(folder, name))].map(
        async name => (await stat(name)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, ...names.map(() => 0o600)]);
    expect(trail.events()).toEqual([]);
    await first.root.stop();

    // The process ended; the next one goes on.
    const second = await start();
    trail.answer = undefined;
    second.forPlugin('catalog');
    await waitUntil('all are sent', () => trail.events().length === 50);
    expect(new Set(trail.events().map(({ outcome }) => outcome))).toEqual(
      new Set(['succeeded']),
    );
    await waitUntil('nothing is left', async () => (await spooled()) === '');
  });

  it('finds a trail that starts later', async () => {
    const { port } = new URL(trail.url);
    await trail.close();
    stops.pop();
    const catalog = (await start()).forPlugin('catalog');
    await (await catalog.createEvent({ eventId: 'a-change' })).success();
    await new Promise(resolve => setTimeout(resolve, 500));
    trail = await startTrail(Number(port));
    stops.push(() => trail.close());
    await waitUntil('it is sent', () => trail.events().length === 1);
    expect(trail.events()[0].type).toBe('catalog.a-change');
  });

  it('sends what has not ended in time as begun, and its end as another event', async () => {
    const catalog = (
      await start({ config: { outcomeTimeout: { seconds: 1 } } })
    ).forPlugin('catalog');
    const slow = await catalog.createEvent({ eventId: 'slow-change' });
    await waitUntil('it is sent', () => trail.events().length === 1);
    await slow.success();
    await waitUntil('its end is sent', () => trail.events().length === 2);
    const [begun, ended] = trail.events();
    expect([begun.outcome, ended.outcome]).toEqual(['initiated', 'succeeded']);
    expect(begun.correlationId).toBe(ended.correlationId);
    expect(begun.sourceEventId).not.toBe(ended.sourceEventId);
  });

  it('loses nothing but what there is no room for, and tells that', async () => {
    trail.answer = () => ({ status: 503, body: {} });
    const logger = mockServices.logger.mock({ child: () => logger });
    const auditor = await start({
      logger,
      config: { spool: { maxMegabytes: 1 } },
    });
    const catalog = auditor.forPlugin('catalog');
    const total = 1_500;
    const started = performance.now();
    await Promise.all(
      Array.from({ length: total }, async (_, number) => {
        const event = await catalog.createEvent({
          eventId: 'entity-mutate',
          severityLevel: 'medium',
          meta: { number, text: 'x'.repeat(1_000) },
        });
        await event.success();
      }),
    );
    expect(performance.now() - started).toBeLessThan(30_000);
    await waitUntil('the loss is written', async () =>
      (await spooled()).includes('audit-trail.events-lost'),
    );
    expect((await spooled()).length).toBeLessThan(1.1 * 1024 * 1024);
    trail.answer = undefined;
    const kept = () =>
      trail.events().filter(({ type }) => type === 'catalog.entity-mutate');
    const lost = () =>
      trail
        .events()
        .filter(({ type }) => type === 'audit-trail.events-lost')
        .reduce((sum, { details }) => sum + Number(details?.count), 0);
    const ended = () =>
      kept().filter(({ outcome }) => outcome === 'succeeded').length;
    await waitUntil(
      'all is told',
      () => ended() > 0 && ended() + lost() === total,
    );
    expect(lost()).toBeGreaterThan(0);
    const counter = auditor.metrics.createCounter.mock.results[
      auditor.metrics.createCounter.mock.calls.findIndex(
        ([name]) => name === 'audit_trail.auditor.lost',
      )
    ].value as { add: jest.Mock };
    expect(counter.add).toHaveBeenCalledTimes(lost());
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/audited events of catalog are lost/),
    );
    await waitUntil(
      'there is room again',
      async () => (await spooled()).length < 300_000,
    );
    await (await catalog.createEvent({ eventId: 'a-change' })).success();
    await waitUntil('the next is sent', () =>
      trail.events().some(({ type }) => type === 'catalog.a-change'),
    );
  });

  it('goes on after an event that the trail refuses', async () => {
    trail.answer = ({ events }) =>
      events.some(({ type }) => type.endsWith('poison'))
        ? { status: 400, body: { error: { message: 'no' } } }
        : undefined;
    const catalog = (await start()).forPlugin('catalog');
    await Promise.all(
      ['a', 'b', 'poison', 'c'].map(async eventId =>
        (await catalog.createEvent({ eventId })).success(),
      ),
    );
    await waitUntil('the others are sent', () => trail.events().length === 4);
    expect(
      trail
        .events()
        .map(({ type, details }) => [type, details?.reason])
        .sort(),
    ).toEqual([
      ['audit-trail.events-lost', 'refused'],
      ['catalog.a', undefined],
      ['catalog.b', undefined],
      ['catalog.c', undefined],
    ]);
  });

  it('reads a spool that was cut off anywhere', async () => {
    trail.answer = () => ({ status: 503, body: {} });
    const first = await start();
    const catalog = first.forPlugin('catalog');
    for (const eventId of ['one', 'two', 'three']) {
      await (await catalog.createEvent({ eventId })).success();
    }
    await first.root.stop();
    const whole = await spooled();
    const [name] = (await readdir(folder)).filter(file =>
      file.endsWith('.ndjson'),
    );
    const lines = whole.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    trail.answer = undefined;
    for (let cut = 0; cut <= whole.length; cut += 97) {
      const kept = whole.slice(0, cut);
      const complete = kept.split('\n').length - 1;
      const other = await mkdtemp(path.join(tmpdir(), 'auditor-cut-'));
      await writeFile(path.join(other, name), kept);
      const before = new Set(trail.events().map(event => event.sourceEventId));
      trail.calls.length = 0;
      const auditor = await startAuditor({ url: trail.url, folder: other });
      auditor.forPlugin('catalog');
      await waitUntil(
        `what is left at ${cut} is sent`,
        async () => !(await readdir(other)).includes(name),
      );
      await auditor.stop();
      const sent = trail.calls.flatMap(({ events }) => events);
      expect(sent.map(({ outcome }) => outcome)).toEqual(
        // Each use has two lines; of an odd number the last has not ended.
        Array.from({ length: Math.ceil(complete / 2) }, (_, at) =>
          complete % 2 === 1 && at === Math.floor(complete / 2)
            ? 'initiated'
            : 'succeeded',
        ),
      );
      expect(before.size).toBeLessThanOrEqual(3);
    }
  });

  it('keeps what is audited from waiting for the trail', async () => {
    trail.answer = () => ({ status: 503, body: {} });
    const catalog = (await start()).forPlugin('catalog');
    const times: number[] = [];
    for (let number = 0; number < 300; number++) {
      const started = performance.now();
      await (await catalog.createEvent({ eventId: 'a-change' })).success();
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    // Two records, each of which waits for 100 ms at most.
    expect(times[149]).toBeLessThan(200);
  });

  it.each([
    [{ spool: { maxMegabytes: 0 } }, 'auditTrail.auditor.spool.maxMegabytes'],
    [
      { outcomeTimeout: { milliseconds: 5 } },
      'auditTrail.auditor.outcomeTimeout',
    ],
    [
      { spool: { directory: '/dev/null/x' } },
      'auditTrail.auditor.spool.directory',
    ],
  ])('does not start with %j', async (config, place) => {
    await expect(
      startAuditor({ url: trail.url, folder, config }),
    ).rejects.toThrow(place);
  });
});

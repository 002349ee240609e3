import { batchBodies, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from './batchBodies';

const sentAt = new Date('2026-03-01T10:00:00.000Z');
const parse = (bodies: string[]) =>
  bodies.map(body => JSON.parse(body).batch as unknown[]);

describe('batchBodies', () => {
  it('sends what fits in one request', () => {
    expect(batchBodies(['{"a":1}', '{"b":"ü"}'], sentAt)).toEqual([
      '{"batch":[{"a":1},{"b":"ü"}],"sentAt":"2026-03-01T10:00:00.000Z"}',
    ]);
    expect(batchBodies([], sentAt)).toEqual([]);
  });

  it('sends 2,500 events at once, and one more in a second request', () => {
    const calls = Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => '{}');
    const sizes = (some: string[]) =>
      parse(batchBodies(some, sentAt)).map(batch => batch.length);
    expect(sizes(calls.slice(1))).toEqual([2500]);
    expect(sizes(calls)).toEqual([2500, 1]);
  });

  it('keeps each request within 500,000 bytes, and the order', () => {
    const calls = Array.from({ length: 90 }, (_, index) =>
      JSON.stringify({ index, text: '日'.repeat(200 * (index % 50)) }),
    );
    const bodies = batchBodies(calls, sentAt);
    expect(bodies.length).toBeGreaterThan(1);
    for (const body of bodies) {
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    }
    expect(parse(bodies).flat()).toEqual(calls.map(text => JSON.parse(text)));
  });

  it('fills a request to the last byte', () => {
    const empty = Buffer.byteLength(batchBodies(['""'], sentAt)[0]) - 2;
    // Two texts with their quotes, and the comma between them.
    const fill = (length: number) => [
      JSON.stringify('a'.repeat(30_000)),
      JSON.stringify('a'.repeat(length)),
    ];
    const room = MAX_BATCH_BYTES - empty - 30_000 - 2 - 2 - 1 - 1;
    expect(batchBodies(fill(room), sentAt)).toHaveLength(1);
    expect(batchBodies(fill(room + 1), sentAt)).toHaveLength(2);
  });
});

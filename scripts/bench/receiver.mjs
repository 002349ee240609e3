import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * Where an event begins, and its id. What is received is not parsed: the machine
 * is shared with what is measured.
 */
const EVENT_ID = /\{"id":"([\da-f-]{36})","occurredAt":/g;

/**
 * Starts a receiver of webhooks that notes when each event arrived.
 *
 * @returns its url; when events arrived, by id; `arrived(count)`, which resolves
 * as soon as so many have; `forget()`; `fail(whether)`; `close()`
 */
export async function startWebhookReceiver() {
  const times = new Map();
  let waiting = [];
  let failing = false;

  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      if (failing) {
        response.writeHead(503).end();
        return;
      }
      const now = performance.now();
      const body = Buffer.concat(parts).toString('latin1');
      for (const [, id] of body.matchAll(EVENT_ID)) {
        times.set(id, times.get(id) ?? now);
      }
      response.end('ok');
      waiting = waiting.filter(({ count, resolve }) => {
        const enough = times.size >= count;
        if (enough) {
          resolve();
        }
        return !enough;
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    times,
    arrived: count =>
      times.size >= count
        ? Promise.resolve()
        : new Promise(resolve => {
            waiting.push({ count, resolve });
          }),
    forget: () => times.clear(),
    /** Whether it answers 503 from now on. */
    fail: value => {
      failing = value;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

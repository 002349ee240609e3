import { createServer } from 'node:http';
import { readBody, send, sendAsset, sendJson } from './answers.mjs';
import { breakDown, chooseFault, faultOfQuery } from './faults.mjs';
import { articles, page } from './page.mjs';
import { createRateLimit } from './rateLimit.mjs';
import { readSlackMessage } from './slackMessages.mjs';

/**
 * Starts a receiver on this machine's loopback address.
 *
 * @param {object} [options]
 * @param {number} [options.port] a free one if left out
 * @param {import('./faults.mjs').Fault[]} [options.faults] what goes wrong
 * @param {number} [options.slackPerSecond] messages a second that a Slack
 *   webhook takes; more are answered with 429. As many as come, if left out
 * @param {number} [options.keep] how many of the latest requests it remembers;
 *   all if left out
 * @returns its url; all that it received, oldest first; setFaults(faults);
 *   close()
 */
export async function startReceiver(options = {}) {
  const { port = 0, slackPerSecond, keep = Infinity } = options;
  const received = [];
  const rateLimit = createRateLimit();
  let faults = [];
  let count = 0;

  const setFaults = next => {
    faults = next.map(fault => ({ ...fault, seen: 0, done: 0 }));
  };
  setFaults(options.faults ?? []);

  const record = entry => {
    count++;
    const kept = { id: count, at: new Date().toISOString(), ...entry };
    received.push(kept);
    if (received.length > keep) {
      received.shift();
    }
    return kept;
  };

  const answerSlack = (url, body) => {
    const limit = Number(url.searchParams.get('perSecond')) || slackPerSecond;
    const waitSeconds = limit ? rateLimit(url.pathname, limit) : 0;
    if (waitSeconds > 0) {
      const headers = { 'Retry-After': String(waitSeconds) };
      return { status: 429, body: 'rate_limited', headers };
    }
    const { message, problem, mentions } = readSlackMessage(body);
    return problem
      ? { status: 400, body: problem.code, problem: problem.reason, message }
      : { status: 200, body: 'ok', message, mentions };
  };

  const answerWebhook = body => {
    try {
      return { status: 200, body: 'ok', message: JSON.parse(body) };
    } catch {
      return { status: 200, body: 'ok' };
    }
  };

  /** Takes a delivery, or does what it was asked to do instead. */
  const receive = async (request, response, url) => {
    const kind = url.pathname.startsWith('/slack/') ? 'slack' : 'webhook';
    const body = await readBody(request);
    const fault = faultOfQuery(url.searchParams) ?? chooseFault(faults, url);
    const answer = () =>
      kind === 'slack' ? answerSlack(url, body) : answerWebhook(body);
    const taken = fault && !fault.afterwards ? undefined : answer();
    record({
      kind,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      body,
      message: taken?.message,
      problem: taken?.problem,
      mentions: taken?.mentions ?? [],
      fault: fault?.do,
      // Whether a receiver that works would not want it again.
      accepted: taken?.status === 200,
      status: (fault ?? taken).status,
    });
    if (fault) {
      breakDown(fault, request, response);
    } else {
      send(response, taken.status, taken.body, taken.headers);
    }
  };

  /** What the page and the tests ask for. */
  const serve = async (request, response, url) => {
    // A page of somebody else, whose name leads here, gets nothing to read.
    if (!/^(127\.0\.0\.1|localhost)(:|$)/.test(request.headers.host ?? '')) {
      send(response, 403, 'for this machine only');
      return;
    }
    const route = `${request.method} ${url.pathname}`;
    switch (route) {
      case 'GET /':
        send(response, 200, page(received.slice(-100), count), {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy':
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:",
        });
        break;
      case 'GET /page.css':
      case 'GET /page.js':
        await sendAsset(response, url.pathname.slice(1));
        break;
      case 'GET /newer': {
        const since = Number(url.searchParams.get('since'));
        const newer = received.filter(({ id }) => id > since).slice(-100);
        send(response, since > count ? 205 : 200, articles(newer), {
          'Content-Type': 'text/html; charset=utf-8',
          'X-Count': String(count),
        });
        break;
      }
      case 'GET /received': {
        const kind = url.searchParams.get('kind');
        const since = Number(url.searchParams.get('since'));
        sendJson(response, {
          count,
          items: received.filter(
            entry => entry.id > since && (!kind || entry.kind === kind),
          ),
        });
        break;
      }
      case 'DELETE /received':
        received.length = 0;
        count = 0;
        send(response, 204);
        break;
      case 'GET /faults':
        sendJson(response, faults);
        break;
      case 'PUT /faults':
        setFaults(JSON.parse(await readBody(request)));
        send(response, 204);
        break;
      default:
        send(response, 404, 'not found');
    }
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    try {
      await (/^\/(slack|webhook)\//.test(`${url.pathname}/`) &&
      request.method !== 'GET'
        ? receive(request, response, url)
        : serve(request, response, url));
    } catch (error) {
      if (!response.headersSent) {
        send(response, error.status ?? 400, String(error.message));
      }
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    received,
    setFaults,
    async close() {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

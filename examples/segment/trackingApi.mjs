/**
 * A stand-in for Segment: its Tracking API (`POST /v1/batch`) and a part of its
 * Public API (the workspace, its sources, warehouses, spaces, users and audit
 * events), on this machine. It has Segment's documented limits in the stricter reading, answers
 * 200 to a wrong write key as Segment does, drops messages whose id it knows,
 * and has faults on request.
 */
import { createServer } from 'node:http';
import { answerPublicApi } from './publicApi.mjs';
import { auditOfSchema } from './schemaAudit.mjs';

const MAX_EVENT_BYTES = 32_000;
const MAX_BATCH_BYTES = 500_000;
const MAX_BATCH_EVENTS = 2_500;

/** The source that there is if no others are given. */
export const DEMO_SOURCE = {
  id: 'aT9rKq3vXe',
  slug: 'audit_trail',
  name: 'Audit Trail',
  enabled: true,
  writeKeys: ['demo-write-key'],
};

/** The token of the Public API if no other is given. */
export const DEMO_TOKEN = 'demo-public-api-token';

const json = (status, body) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const failure = (status, message) => json(status, { success: false, message });

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function writeKeyOf({ headers }) {
  const [, encoded] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  const user = Buffer.from(encoded ?? '', 'base64').toString();
  return user.endsWith(':') && user.length > 1 ? user.slice(0, -1) : undefined;
}

/** A body's batch, or why Segment refuses it. */
function parseBatch(body) {
  if (body.length > MAX_BATCH_BYTES) {
    return { refused: `the batch has ${body.length} bytes` };
  }
  let batch;
  try {
    ({ batch } = JSON.parse(body.toString('utf8')));
  } catch {
    return { refused: 'malformed JSON' };
  }
  if (!Array.isArray(batch)) {
    return { refused: 'there is no batch' };
  }
  const sizes = batch.map(event => Buffer.byteLength(JSON.stringify(event)));
  const large = sizes.findIndex(size => size > MAX_EVENT_BYTES);
  return large === -1
    ? { batch }
    : { refused: `event ${large} has ${sizes[large]} bytes` };
}

/** Whether Segment keeps an event; it answers 200 either way. */
const isComplete = event =>
  (event.userId || event.anonymousId) &&
  (event.type !== 'track' || event.event) &&
  (event.messageId ?? '').length < 100;

/** Answers, or does what a fault says instead. */
function answer(response, normal, fault) {
  if (fault?.reset) {
    response.socket?.destroy();
    return;
  }
  if (fault?.hang) {
    return;
  }
  if (fault?.endless) {
    response.writeHead(200);
    const chunk = Buffer.alloc(16 * 1024, '.');
    const write = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', write);
    write();
    return;
  }
  const { status, headers, body } = fault?.status
    ? { headers: {}, body: '', ...fault }
    : normal;
  const send = () => response.writeHead(status, headers).end(body);
  if (fault?.delayMs) {
    setTimeout(send, fault.delayMs);
  } else {
    send();
  }
}

/** What {@link answer} answers with; undefined if it does not. */
function answeredStatus(fault, normal) {
  if (fault?.reset || fault?.hang) {
    return undefined;
  }
  return fault?.endless ? 200 : fault?.status ?? normal.status;
}

/**
 * What goes wrong with one request. Without `afterReceipt` nothing of the
 * request is taken.
 *
 * @typedef {object} Fault
 * @property {number} [status] answers with this status,
 * @property {Record<string, string>} [headers] these headers
 * @property {string} [body] and this body
 * @property {boolean} [reset] breaks the connection off
 * @property {boolean} [hang] never answers
 * @property {boolean} [endless] answers 200 with a body that does not end
 * @property {number} [delayMs] answers late, after having taken the events
 * @property {boolean} [afterReceipt] takes the events before all that
 */

/**
 * Starts the stand-in on 127.0.0.1.
 *
 * @param {object} [options]
 * @param {number} [options.port] any free one if left out
 * @param {any[]} [options.sources] the workspace's sources; `blocksNewEvents`
 *   makes one refuse all events, as a locked schema does
 * @param {{ id: string, slug: string, name?: string }} [options.workspace]
 * @param {any[]} [options.warehouses]
 * @param {any[]} [options.spaces] left out for a workspace without that feature
 * @param {any[]} [options.users]
 * @param {any[]} [options.auditEvents] what `GET /audit-events` tells; further
 *   ones may be pushed onto it, and `arrivesAt` makes one late
 * @param {boolean} [options.newestFirst] the order of audit events; true by default
 * @param {string} [options.token] of the Public API
 * @param {(Fault | undefined)[] | ((request: { number: number, path: string, query: string, events: any[] }) => Fault | undefined)} [options.faults]
 *   of the batches in turn, or what to do with each request
 * @param {(event: any) => boolean} [options.rejects] events for which a whole
 *   batch is refused with 400
 * @param {(event: any, source: any) => void} [options.onEvent] told of each
 *   event that arrives in a source
 * @param {(delivery: any) => void} [options.onAudit] told of each audit event
 *   that Segment makes of what arrives, as its audit forwarding delivers it
 */
export async function startTrackingApi(options = {}) {
  const { sources = [DEMO_SOURCE], token = DEMO_TOKEN } = options;
  const { workspace, warehouses, spaces, users, auditEvents } = options;
  const { newestFirst } = options;
  const known = new Map();
  const schemas = new Map();
  const state = {
    /** Events in the order of their arrival, each message id once. */
    received: /** @type {any[]} */ ([]),
    /** Requests with what they were answered. */
    requests: /** @type {any[]} */ ([]),
    /** How often each message id came. */
    arrivals: /** @type {Map<string, number>} */ (known),
    /** Events that came again, and were dropped. */
    duplicates: 0,
    /** Events that were answered with 200 and dropped: no such key, too many. */
    dropped: 0,
  };

  function take(event, source) {
    const times = (known.get(event.messageId) ?? 0) + 1;
    if (!source?.enabled || !isComplete(event)) {
      state.dropped++;
      return;
    }
    known.set(event.messageId, times);
    if (times > 1) {
      state.duplicates++;
      return;
    }
    const now = new Date().toISOString();
    const stored = {
      ...event,
      channel: 'server',
      integrations: {},
      originalTimestamp: event.timestamp,
      receivedAt: now,
    };
    if (!source.blocksNewEvents) {
      state.received.push(stored);
      options.onEvent?.(stored, source);
    }
    const audit = auditOfSchema({ event: stored, source, schemas, now });
    if (audit) {
      options.onAudit?.(audit);
    }
  }

  function batchAnswer(writeKey, { batch, refused }) {
    if (!writeKey) {
      return failure(400, 'there is no write key');
    }
    if (refused) {
      return failure(400, refused);
    }
    if (options.rejects && batch.some(options.rejects)) {
      return failure(400, 'an event is not valid');
    }
    return undefined;
  }

  let batches = 0;
  function faultOf({ pathname: path, search: query }, events) {
    const number = state.requests.length;
    if (typeof options.faults === 'function') {
      return options.faults({ number, path, query, events });
    }
    return path === '/v1/batch' ? options.faults?.[batches++] : undefined;
  }

  async function handle(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const body = await readBody(request);
    const isBatch = request.method === 'POST' && url.pathname === '/v1/batch';
    const parsed = isBatch ? parseBatch(body) : {};
    const events = parsed.batch ?? [];
    const fault = faultOf(url, events);
    const writeKey = writeKeyOf(request);
    let normal;
    if (isBatch) {
      const source = sources.find(one => one.writeKeys?.includes(writeKey));
      normal = batchAnswer(writeKey, parsed);
      if (!normal && (!fault || fault.afterReceipt || fault.delayMs)) {
        events.slice(0, MAX_BATCH_EVENTS).forEach(one => take(one, source));
        state.dropped += Math.max(0, events.length - MAX_BATCH_EVENTS);
      }
      normal ??= json(200, { success: true });
    } else if (request.method === 'GET') {
      const { headers } = request;
      const told = answerPublicApi({
        ...{ headers, url, token, workspace, sources, warehouses, spaces },
        ...{ users, auditEvents, newestFirst },
      });
      normal = json(told.status, told.body);
    } else {
      normal = failure(404, 'no such address');
    }
    state.requests.push({
      method: request.method,
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      writeKey,
      bytes: body.length,
      events: events.length,
      status: answeredStatus(fault, normal),
    });
    answer(response, normal, fault);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  });
}

/**
 * Something that goes wrong with deliveries.
 *
 * @typedef {object} Fault
 * @property {'status' | 'hang' | 'reset' | 'endless' | 'drip'} do what happens:
 *   an answer with `status`; no answer; the connection is reset; an answer
 *   without end; an answer of one byte a second
 * @property {number} [status] of the answer; 503 if left out
 * @property {string} [body] of the answer
 * @property {number | string} [retryAfter] the answer's Retry-After
 * @property {string} [location] the answer's Location
 * @property {string} [path] only with paths that begin like this
 * @property {number} [every] only with each so-manieth delivery; 1 if left out
 * @property {number} [times] only so many times
 * @property {boolean} [afterwards] only after the delivery was taken, so that
 *   the sender does not know that it was
 */

const ACTIONS = ['status', 'hang', 'reset', 'endless', 'drip'];

/** Only an answer has a status. */
const withStatus = fault =>
  fault.do === 'status' ? { status: 503, ...fault } : fault;

/** The first fault whose turn it is. */
export function chooseFault(faults, url) {
  for (const fault of faults) {
    if (!url.pathname.startsWith(fault.path ?? '/')) {
      continue;
    }
    fault.seen++;
    const isDue = fault.seen % (fault.every ?? 1) === 0;
    if (isDue && fault.done < (fault.times ?? Infinity)) {
      fault.done++;
      return withStatus(fault);
    }
  }
  return undefined;
}

/** A fault asked for by the address itself, such as `?fault=hang`. */
export function faultOfQuery(params) {
  const action = params.get('fault');
  return ACTIONS.includes(action)
    ? withStatus({
        do: action,
        ...(params.has('status') && { status: Number(params.get('status')) }),
        retryAfter: params.get('retryAfter') ?? undefined,
        location: params.get('location') ?? undefined,
        afterwards: params.get('afterwards') === 'true',
      })
    : undefined;
}

/** Does what a fault says. */
export function breakDown(fault, request, response) {
  const write = (text, everyMs) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.write(text);
    const timer = setInterval(() => response.write(text), everyMs);
    response.once('close', () => clearInterval(timer));
  };
  switch (fault.do) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'endless':
      write('x'.repeat(64 * 1024), 1);
      return;
    case 'drip':
      write('x', 1000);
      return;
    default:
      response.writeHead(fault.status, {
        'Content-Type': 'text/plain',
        ...(fault.retryAfter !== undefined && {
          'Retry-After': String(fault.retryAfter),
        }),
        ...(fault.location && { Location: fault.location }),
      });
      response.end(fault.body ?? `fault: ${fault.status}`);
  }
}

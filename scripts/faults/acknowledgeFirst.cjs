// The control: loaded into the backend before anything else, it rebuilds the
// engine the wrong way. A batch is acknowledged first and delivered afterwards,
// with retries in memory. As long as no process is killed, nobody notices.
const Module = require('node:module');
const { setTimeout: delay } = require('node:timers/promises');

const CALL_MS = 30_000;
const RETRY_MS = 1_000;

function acknowledgeFirst(BatchSender) {
  const create = BatchSender.create;
  BatchSender.create = options => {
    const { destination, queue } = options;
    const { forwarder } = destination;
    const forward = forwarder.forward.bind(forwarder);
    let lease;
    forwarder.forward = async request => {
      const ids = request.events.map(({ id }) => id);
      await queue.finish(lease, ids, 'delivered');
      for (;;) {
        try {
          return await forward({
            ...request,
            signal: AbortSignal.timeout(CALL_MS),
          });
        } catch {
          await delay(RETRY_MS);
        }
      }
    };
    const sender = create.call(BatchSender, options);
    const sendNext = sender.sendNext.bind(sender);
    sender.sendNext = (held, ...rest) => {
      lease = held.lease;
      return sendNext(held, ...rest);
    };
    return sender;
  };
}

const load = Module._load;
let changed = false;
Module._load = function loadChanged(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === './BatchSender' && !changed) {
    changed = true;
    acknowledgeFirst(loaded.BatchSender);
  }
  return loaded;
};

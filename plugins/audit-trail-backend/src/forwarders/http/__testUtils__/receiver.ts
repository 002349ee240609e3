import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';

/** What a receiver was sent. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Answers a request that was read in full. */
export type Answer = (
  response: http.ServerResponse,
  request: ReceivedRequest,
) => void;

/** Does with a connection what it likes. */
export type Talk = (socket: net.Socket) => void;

/** A place that requests are sent to. */
export interface Receiver {
  port: number;
  /** Its address on this machine, without a path. */
  origin: string;
  requests: ReceivedRequest[];
  /** Connections that were made to it. */
  connections(): number;
  close(): Promise<void>;
}

async function listen(
  server: net.Server,
  options: { host: string; scheme: string; requests: ReceivedRequest[] },
): Promise<Receiver> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${options.scheme}://127.0.0.1:${port}`,
    requests: options.requests,
    connections: () => connections,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        sockets.forEach(socket => socket.destroy());
      }),
  };
}

/** Starts an HTTP server, or an HTTPS server if there is a certificate. */
export async function startReceiver(
  answer: Answer,
  tls?: { key: string; cert: string },
): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const received = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(received);
      answer(response, received);
    });
  };
  return listen(
    tls ? https.createServer(tls, listener) : http.createServer(listener),
    { host: '127.0.0.1', scheme: tls ? 'https' : 'http', requests },
  );
}

/** Starts a server that does with connections what it likes. */
export async function startRawReceiver(talk: Talk): Promise<Receiver> {
  const server = net.createServer(socket => {
    talk(socket);
    // Whoever does not read does not notice that the other side is gone.
    socket.resume();
  });
  return listen(server, { host: '127.0.0.1', scheme: 'http', requests: [] });
}

/**
 * Starts a server on all addresses of this machine that nobody must connect to;
 * it counts who does.
 */
export async function startCanary(): Promise<Receiver> {
  const start = (host: string) =>
    listen(
      net.createServer(socket => socket.destroy()),
      { host, scheme: 'http', requests: [] },
    );
  // Not every machine has IPv6.
  return start('::').catch(() => start('0.0.0.0'));
}

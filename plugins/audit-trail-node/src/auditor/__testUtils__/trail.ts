import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuditEventInput } from '../../AuditEventInput';

/** What the trail is sent in one call. */
export interface TrailCall {
  authorization?: string;
  intake: string;
  events: AuditEventInput[];
}

/** The trail's address as a real server that does what a test says. */
export interface TrailStandIn {
  url: string;
  calls: TrailCall[];
  /** Events that were taken, each once, in the order in which they came. */
  events(): AuditEventInput[];
  /** What to answer with; what is not 201 is not taken. */
  answer?: (call: TrailCall) => { status: number; body?: object } | undefined;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts it, on a given port if it is to be where another one was. */
export async function startTrail(port = 0): Promise<TrailStandIn> {
  const taken = new Map<string, AuditEventInput>();
  const trail: TrailStandIn = {
    url: '',
    calls: [],
    events: () => [...taken.values()],
    close: async () => {},
  };
  const server = createServer(async (request, response) => {
    const call: TrailCall = {
      ...JSON.parse(await bodyOf(request)),
      authorization: request.headers.authorization,
    };
    trail.calls.push(call);
    const { status, body } = trail.answer?.(call) ?? { status: 201 };
    if (status === 201) {
      call.events.forEach(event => {
        if (!taken.has(event.sourceEventId!)) {
          taken.set(event.sourceEventId!, event);
        }
      });
    }
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify(
        body ?? {
          accepted: call.events.length,
          duplicates: 0,
          ids: call.events.map(({ sourceEventId }) => sourceEventId),
        },
      ),
    );
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  trail.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  trail.close = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return trail;
}

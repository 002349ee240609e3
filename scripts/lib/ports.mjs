import net from 'node:net';
import { SetupError } from './log.mjs';

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}

/** A port of this machine that nothing listens on. */
export const freePort = () => listen(0, '127.0.0.1');

async function isBusy(port) {
  for (const host of ['0.0.0.0', '127.0.0.1', '::', '::1']) {
    try {
      await listen(port, host);
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        return true;
      }
      // No such address here, as ::1 without IPv6.
    }
  }
  return false;
}

/** Ends with a clear message if something listens on one of the ports. */
export async function assertPortsFree(ports) {
  for (const [name, port] of Object.entries(ports)) {
    if (await isBusy(port)) {
      throw new SetupError(
        `Port ${port}, which the ${name} needs, is in use. Is the demo portal already running?`,
      );
    }
  }
}

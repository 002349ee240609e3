import knexFactory, { type Knex } from 'knex';
import { once } from 'node:events';
import net from 'node:net';

/** A way to a real PostgreSQL that can be cut, or can swallow what is sent. */
export class DatabaseProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #silent = false;
  #port = 0;
  /** Uses the database by this way. */
  knex!: Knex;

  static async start(direct: Knex): Promise<DatabaseProxy> {
    const { client, connection } = direct.client.config;
    const proxy = new DatabaseProxy(connection);
    await proxy.restore();
    proxy.knex = knexFactory({
      client,
      connection: {
        ...connection,
        // Hidden from copies.
        password: connection.password,
        host: '127.0.0.1',
        port: proxy.#port,
      },
    });
    return proxy;
  }

  private constructor(target: { host: string; port: number }) {
    this.#server = net.createServer(socket => {
      const upstream = net.connect(Number(target.port), target.host);
      const pass = (from: net.Socket, to: net.Socket) => {
        this.#sockets.add(from);
        from.on('data', data => !this.#silent && to.write(data));
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
      };
      pass(socket, upstream);
      pass(upstream, socket);
    });
  }

  /** As if the server had ended: connections are cut, and new ones refused. */
  async cut(): Promise<void> {
    this.#server.close();
    this.#sockets.forEach(socket => socket.destroy());
  }

  /** As if the network had: everything that is sent from now on is lost. */
  swallow(): void {
    this.#silent = true;
  }

  /** Lets everything through again. */
  async restore(): Promise<void> {
    if (this.#silent) {
      // What was lost is missing in these connections.
      this.#silent = false;
      this.#sockets.forEach(socket => socket.destroy());
    }
    if (!this.#server.listening) {
      this.#server.listen(this.#port, '127.0.0.1');
      await once(this.#server, 'listening');
      this.#port = (this.#server.address() as net.AddressInfo).port;
    }
  }

  async stop(): Promise<void> {
    await this.cut();
    await this.knex.destroy();
  }
}

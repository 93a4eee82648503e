import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';

export interface RefusingProxy {
  port: number;
  /** Breaks what is open; refuses what comes. */
  away(): Promise<void>;
  back(): Promise<void>;
}

/** A way to a server that can be cut off while the server goes on: on loopback, to 127.0.0.1:`target`. */
export async function refusingProxy(target: number): Promise<RefusingProxy> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const back = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((client) => {
        const upstream = connect(target, '127.0.0.1');
        keep(client);
        keep(upstream);
        client.pipe(upstream).pipe(client);
        client.once('close', () => upstream.destroy());
        upstream.once('close', () => client.destroy());
      });
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  await back();
  return {
    port,
    back,
    away: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

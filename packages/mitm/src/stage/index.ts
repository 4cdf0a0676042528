import { createServer, type Server, type Socket } from 'node:net';
import type { Connection } from '../observation.ts';
import { mitmFault } from '../reasons.ts';
import type { Stage, StageOrder } from '../stage.ts';
import { serveConnect } from './connect.ts';
import { take } from './intake.ts';
import { openLine } from './line.ts';
import { openLog } from './log.ts';
import type { Scene } from './scene.ts';
import { serveTls } from './tls.ts';

/** At once; more are closed before anything is read of them. */
const MOST_CONNECTIONS = 256;

/** Opens the listener. Throws `mitm.port_unavailable`. */
export async function openStage(order: StageOrder): Promise<Stage> {
  const connections: Connection[] = [];
  const sockets = new Set<Socket>();
  const ticketKeys = Buffer.from(order.random(48));
  const server = createServer({ noDelay: true, pauseOnConnect: false });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const id = connections.length;
    const log = openLog(id, order.unproxied ?? 'direct', order.clock, (now) => {
      connections[id] = now;
      order.onConnection?.(now);
    });
    log.learn({});
    const line = openLine(socket, log);
    line.within(order.timeouts.handshakeMs);
    void attend({ order, line, log, ticketKeys, port: portOf(server) });
  });
  await listening(server, order);
  return {
    port: portOf(server),
    udp: false,
    connections: () => connections,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function attend(scene: Scene): Promise<void> {
  const first = await take(scene.line.socket, 1, (octets) => ({ value: octets[0] ?? 0, length: 0 }));
  if (first === undefined) return;
  if (first === 0x16) await serveTls(scene);
  else await serveConnect(scene, (inner) => void attend(inner));
}

function listening(server: Server, { address, port }: StageOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(mitmFault('mitm.port_unavailable', {}, error)));
    server.listen(port, address, () => resolve());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Target } from './names.ts';
import { routeOf, type Scene } from './scene.ts';

const CONNECT_MS = 10_000;

/** Opens the way to a host that is not ours; `undefined` where it is refused, or nobody answers there. */
export function openWay(scene: Scene, target: Target): Promise<Socket | undefined> {
  const route = routeOf(target, scene.order);
  if (route === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = connect({ host: route.address, port: route.port, timeout: CONNECT_MS });
    const fail = () => {
      socket.destroy();
      resolve(undefined);
    };
    socket.on('error', fail).once('timeout', fail).once('close', fail);
    scene.line.socket.once('close', () => socket.destroy());
    socket.once('connect', () => {
      if (isOurselves(socket, scene)) return fail();
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** A name may lead back to this listener, and then without end. */
function isOurselves(socket: Socket, { line, port }: Scene): boolean {
  return socket.remotePort === port && socket.remoteAddress === line.socket.localAddress;
}

/** Carries octets both ways, unseen, until one side ends. */
export function carry({ line, log, order }: Scene, way: Socket): void {
  log.learn({ stranger: true });
  line.settled(order.timeouts.idleMs);
  pipeline(line.socket, way, () => way.destroy());
  pipeline(way, line.socket, () => line.finish());
}

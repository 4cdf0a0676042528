import { connect, isIP, type Socket } from 'node:net';
import type { StageOrder } from '../stage.ts';
import type { Target } from './names.ts';
import { isOurs, named, routeOf, type Scene, serviceOf } from './scene.ts';

const CONNECT_MS = 10_000;

/** How a proxy's protocol answers its client. */
export interface ProxyWords {
  readonly opened: () => void;
  readonly refused: () => void;
}

/** A proxy was told of a target: ours goes on inside the tunnel, another's is refused or carried there. */
export async function openTunnel(
  scene: Scene,
  target: Target,
  words: ProxyWords,
  inside: (scene: Scene) => void,
): Promise<void> {
  const { log, order } = scene;
  log.learn(named(target));
  if (isOurs(target, order) || mayBeOurs(target, scene)) {
    words.opened();
    return inside({ ...scene, tunnel: target });
  }
  log.learn({ stranger: true });
  const way = await openWay(scene, target);
  if (way === undefined) return words.refused();
  words.opened();
  carry(scene, way);
}

/** Behind an address may be a name of ours that the client has looked up by itself: what it says next decides. */
function mayBeOurs(target: Target, { order }: Scene): boolean {
  const { services } = order;
  return isIP(target.host) !== 0 && !services?.has(target.host) && !services?.has(`${target.host}:${target.port}`);
}

/** Opens the way to a host that is not ours; `undefined` where it is refused, or nobody answers there. */
export function openWay(scene: Scene, target: Target): Promise<Socket | undefined> {
  const route = routeOf(target, scene.order);
  if (route === undefined || scene.line.socket.destroyed) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = connect({ host: route.address, port: route.port, timeout: CONNECT_MS });
    const fail = () => {
      socket.destroy();
      resolve(undefined);
    };
    socket.on('error', fail).once('timeout', fail).once('close', fail);
    scene.line.socket.once('close', () => socket.destroy());
    socket.once('connect', () => {
      if (isOurselves(socket, scene) || !mayPass(socket, target, scene.order)) return fail();
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** A name may lead back to this listener, and then without end. */
export function isOurselves(socket: Socket, { line, port }: Scene): boolean {
  return socket.remotePort === port && plain(socket.remoteAddress) === plain(line.socket.localAddress);
}

/** An address of version 4 as a listener of version 6 shows it (RFC 4291 2.5.5.2). */
const plain = (address: string | undefined): string | undefined => address?.replace(/^::ffff:(?=\d+\.)/, '');

/** Asked of the address that was reached: a name may lead anywhere. Services are the harness' own, wherever they listen. */
export function mayPass({ remoteAddress = '' }: Socket, target: Target, order: StageOrder): boolean {
  return order.mayPass === undefined || serviceOf(target, order) !== undefined || order.mayPass(remoteAddress);
}

/** Carries octets both ways, unseen, until both sides have ended. */
export function carry({ line, log, order }: Scene, way: Socket): void {
  log.learn({ stranger: true });
  line.settled();
  line.quietFor(order.timeouts.idleMs);
  way.once('close', line.finish);
  line.socket.pipe(way).pipe(line.socket);
}

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
      if (!mayPass(socket, target, scene)) return fail();
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** Asked of the address that was reached: a name may lead anywhere. Services are the harness' own, wherever they listen. */
export function mayPass(way: Socket, target: Target, { order, port }: Scene): boolean {
  if (isOurselves(way, port)) return false;
  if (serviceOf(target, order) !== undefined) return true;
  const { remoteAddress: reached = '' } = way;
  return order.mayPass?.(reached) ?? !(isThisMachine(way) || LINK_LOCAL.test(reached));
}

/** A name may lead back to this listener, and then without end. */
const isOurselves = (way: Socket, port: number): boolean => way.remotePort === port && isThisMachine(way);

/** Whoever connects to an address of their own machine does so from that address, or from loopback. */
function isThisMachine({ remoteAddress, localAddress }: Socket): boolean {
  return remoteAddress === undefined || remoteAddress === localAddress || LOOPBACK.test(remoteAddress);
}

/** Also as a socket of version 6 shows an address of version 4 (RFC 4291 2.5.5.2). */
const LOOPBACK = /^(?:(?:::ffff:)?127\.|::1$)/i;
/** RFC 3927 2.1, RFC 4291 2.5.6: who lends machines in a cloud tells them their secrets there. */
const LINK_LOCAL = /^(?:(?:::ffff:)?169\.254\.|fe[89ab][0-9a-f]:)/i;

/** What carrying needs of a scene. */
interface Carried extends Pick<Scene, 'line' | 'log'> {
  readonly order: { readonly timeouts: Pick<StageOrder['timeouts'], 'idleMs'> };
}

/** Carries octets both ways, unseen, until one side has ended; what it had said still reaches the other (RFC 9110 9.3.6). */
export function carry({ line, log, order }: Carried, way: Socket): void {
  log.learn({ stranger: true });
  line.settled();
  line.quietFor(order.timeouts.idleMs);
  way.once('close', () => {
    // At its end the rest is on its way, to a client that may be slow.
    if (way.readableEnded && !line.socket.writableFinished) line.socket.once('finish', line.finish);
    else line.finish();
  });
  line.socket.pipe(way).pipe(line.socket);
}

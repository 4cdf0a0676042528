import { serveClear } from './clear.ts';
import { targetOf } from './exchange.ts';
import { forward, serveForwarding } from './forward.ts';
import type { Http1Hooks } from './http1.ts';
import { take } from './intake.ts';
import type { Target } from './names.ts';
import { httpSceneOf, isOurs, named, type Scene } from './scene.ts';
import { carry, openWay } from './tunnel.ts';

const LONGEST_HEAD = 16_384;
const HTTP = 80;

/** A request line, an HTTP/2 preface among them, and whatever headers came with it. */
const REQUEST = /^[A-Z]{1,32} (\S+) HTTP\/\d\.\d\r\n/;
const HOST = /^host:[ \t]*(\S+)[ \t]*$/im;

/** Serves HTTP without TLS: sent to a proxy in absolute form, inside a tunnel, or to us as if we were the host. */
export async function serveCleartext(scene: Scene): Promise<void> {
  const { line, log, order } = scene;
  log.learn({ way: 'cleartext' });
  let octets = 0;
  const head = await take(line.socket, LONGEST_HEAD, (read) => {
    octets = read.length;
    const end = read.indexOf('\r\n\r\n');
    return end < 0 ? undefined : { value: read.toString('latin1', 0, end + 2), length: 0 };
  });
  const path = REQUEST.exec(head ?? '')?.[1];
  if (head === undefined || path === undefined) return noteOctets(scene, octets);
  const asked = { target: path, authority: HOST.exec(head)?.[1] };
  const target = targetOf(asked, scene.tunnel?.port ?? HTTP) ?? scene.tunnel ?? ownTarget(scene);
  log.learn(named(target));
  if (!isOurs(target, order)) return serveStranger(scene);
  const http = httpSceneOf(scene, target, order.forgedFor(target.host), false);
  const protocol = head.startsWith('PRI ') ? 'h2' : 'http/1.1';
  const { goodbye, finish } = line;
  serveClear(line.socket, { scene: http, protocol, goodbye, finish, hooks: { instead: strangersOf(scene) } });
}

/** A tunnel leads to one host, and a client without a proxy that names none means us. */
function ownTarget({ order }: Scene): Target {
  return { host: order.hosts[0] ?? '', port: HTTP };
}

/** What came in clear without becoming a request is a leak all the same. */
async function noteOctets(scene: Scene, octets: number): Promise<void> {
  const { line, log, order, tunnel } = scene;
  if (tunnel !== undefined && !isOurs(tunnel, order)) return serveStranger(scene);
  if (octets > 0) {
    log.sawOctets(octets);
    log.sawRequest({ protocol: 'unknown', headers: [], at: order.clock(), marked: false });
  }
  line.finish();
}

/** A proxy's client may use one connection for any hosts. */
function strangersOf(scene: Scene): NonNullable<Http1Hooks['instead']> {
  return (asked, request, response) => {
    const target = targetOf(asked, HTTP);
    if (scene.tunnel !== undefined || target === undefined || isOurs(target, scene.order)) return false;
    forward(scene, target, asked, request, response);
    return true;
  };
}

async function serveStranger(scene: Scene): Promise<void> {
  const { line, log, tunnel } = scene;
  log.learn({ stranger: true });
  if (tunnel === undefined) return serveForwarding(scene);
  const way = await openWay(scene, tunnel);
  if (way === undefined) line.finish();
  else carry(scene, way);
}

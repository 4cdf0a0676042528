import { HELLO_LIMITS } from '../hello/index.ts';
import type { ClientHello } from '../observation.ts';
import type { Forged } from '../stage.ts';
import { serveClear } from './clear.ts';
import type { HttpScene } from './exchange.ts';
import { take } from './intake.ts';
import type { Target } from './names.ts';
import { normalHost } from './names.ts';
import { serveOpenssl } from './openssl.ts';
import { takeHello, tapRecords } from './records.ts';
import { named, type Scene, standingOf } from './scene.ts';
import { Through } from './through.ts';
import { carry, openWay } from './tunnel.ts';

const HTTPS = 443;

/** Serves a connection whose first octet begins a TLS record. */
export async function serveTls(scene: Scene): Promise<void> {
  const { line, log, order } = scene;
  const reading = await take(line.socket, HELLO_LIMITS.whole, takeHello);
  if (reading?.kind !== 'hello') {
    log.learn({ failure: reading?.kind === 'ssl2' ? 'ssl2-client-hello' : 'no-client-hello' });
    return line.finish();
  }
  const { hello } = reading;
  const target = targetOf(hello, scene);
  if (target === undefined || standingOf(target.host, order) !== 'ours') return refuseOrCarry(scene, target);
  log.learn({ ...named(target), hello });
  serveForged(scene, target, order.forgedFor(target.host));
}

/**
 * The name in the ClientHello where it is ours, else the one that the proxy was told, else the name in the ClientHello.
 * Without any (RFC 6066 3 lets a server choose) the first host of the order is meant, but only where no proxy was told
 * of another.
 */
function targetOf({ serverName }: ClientHello, { tunnel, order }: Scene): Target | undefined {
  const port = tunnel?.port ?? HTTPS;
  const name = serverName === undefined ? undefined : normalHost(serverName);
  if (name !== undefined && order.hosts.includes(name)) return { host: name, port };
  if (tunnel !== undefined) return tunnel;
  const host = name ?? order.hosts[0];
  return host === undefined ? undefined : { host, port };
}

async function refuseOrCarry(scene: Scene, target: Target | undefined): Promise<void> {
  scene.log.learn({ stranger: true, ...(target !== undefined && named(target)) });
  const way = target === undefined ? undefined : await openWay(scene, target);
  if (way === undefined) scene.line.finish();
  else carry(scene, way);
}

function serveForged(scene: Scene, target: Target, forged: Forged): void {
  const { line, log, order } = scene;
  const tap = tapRecords(log);
  const stream = new Through(line.socket, {
    ...tap,
    released: () => {
      if (log.now().alert !== undefined) line.goodbye();
      line.finish();
    },
  });
  const { handshakeMs, idleMs } = order.timeouts;
  serveOpenssl(stream, {
    forged,
    log,
    handshakeMs,
    ticketKeys: scene.ticketKeys,
    secured: (clear) => {
      line.settled(idleMs);
      const protocol = log.now().alpn === 'h2' ? 'h2' : 'http/1.1';
      serveClear(clear, { scene: httpScene(scene, target, forged), protocol, goodbye: line.goodbye });
    },
  });
}

function httpScene({ log, order, port }: Scene, target: Target, { http }: Forged): HttpScene {
  const { marker, clock, answer, timeouts } = order;
  return { log, secure: true, target, http, marker, port, clock, idleMs: timeouts.idleMs, answer };
}

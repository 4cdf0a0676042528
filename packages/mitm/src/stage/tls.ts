import type { Duplex } from 'node:stream';
import { HELLO_LIMITS } from '../hello/index.ts';
import type { ClientHello } from '../observation.ts';
import type { Forged } from '../stage.ts';
import { serveClear } from './clear.ts';
import { serveEngine } from './engine.ts';
import { take } from './intake.ts';
import { normalHost, type Target } from './names.ts';
import { RAW } from './raw.ts';
import { takeHello, tapRecords } from './records.ts';
import { httpSceneOf, isOurs, named, type Scene } from './scene.ts';
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
  if (target === undefined || !isOurs(target, order)) return refuseOrCarry(scene, target);
  log.learn({ ...named(target), hello });
  serveForged(scene, target, order.forgedFor(target.host), hello);
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

function serveForged(scene: Scene, target: Target, forged: Forged, hello: ClientHello): void {
  const { line, log, order, ticketKeys } = scene;
  const { random, timeouts } = order;
  const stream = new Through(line.socket, { ...tapRecords(log, line.goodbye), released: line.finish });
  const secured = (clear: Duplex) => {
    const protocol = log.now().alpn === 'h2' ? 'h2' : 'http/1.1';
    const finish = () => void clear.end();
    serveClear(clear, { scene: httpSceneOf(scene, target, forged, true), protocol, goodbye: line.goodbye, finish });
  };
  const serve = (one: Forged) =>
    serveEngine(stream, hello, { forged: one, log, random, ticketKeys, secured, handshakeMs: timeouts.handshakeMs });
  if (forged.raw === undefined) serve(forged);
  else RAW[forged.raw.kind]({ stream, line, random, serve, forged });
}

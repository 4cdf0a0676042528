import type { Connection } from '../observation.ts';
import type { Forged, StageOrder } from '../stage.ts';
import type { HttpScene } from './exchange.ts';
import type { Line } from './line.ts';
import type { ConnectionLog } from './log.ts';
import type { Target } from './names.ts';

/** What every part of one connection's treatment knows. */
export interface Scene {
  readonly order: StageOrder;
  readonly line: Line;
  readonly log: ConnectionLog;
  readonly ticketKeys: Buffer;
  /** The listener's own. */
  readonly port: number;
  /** Where the client was sent by its proxy settings; absent where there is no proxy between. */
  readonly tunnel?: Target;
}

/** A service on a port of its own may share its address with a host of ours. */
export function isOurs({ host, port }: Target, { hosts, services }: StageOrder): boolean {
  return hosts.includes(host) && !services?.has(`${host}:${port}`);
}

/** Where octets for a target that is not ours go, untouched; `undefined` where it is refused. */
export function routeOf(target: Target, order: StageOrder): { address: string; port: number } | undefined {
  const service = serviceOf(target, order);
  if (service !== undefined) return service;
  const { host, port } = target;
  return order.others === 'passed-through' ? { address: host, port } : undefined;
}

export function serviceOf(
  { host, port }: Target,
  { services }: StageOrder,
): { readonly address: string; readonly port: number } | undefined {
  return services?.get(`${host}:${port}`) ?? services?.get(host);
}

export function named({ host, port }: Target): Pick<Connection, 'host' | 'port'> {
  return { host, port };
}

/** A request must be whole within so many times the silence that is allowed, however it trickles in. */
const PATIENCE = 2;

export function httpSceneOf(scene: Scene, target: Target, { http }: Forged, secure: boolean): HttpScene {
  const { line, log, port, order } = scene;
  const { marker, clock, answer, timeouts } = order;
  line.quietFor(timeouts.idleMs);
  line.within(timeouts.idleMs * PATIENCE);
  const isMute = !secure && http.cleartext !== 'answered' && answer === undefined;
  const asked = () => line.settled();
  return { log, secure, isMute, asked, target, http, marker, port, clock, idleMs: timeouts.idleMs, answer };
}

import type { Connection } from '../observation.ts';
import type { StageOrder } from '../stage.ts';
import type { Line } from './line.ts';
import type { ConnectionLog } from './log.ts';
import { normalHost, type Target } from './names.ts';

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

/** Whose a name is: forged here, a service of the harness, or nobody's business. */
export type Standing = 'ours' | 'service' | 'stranger';

export function standingOf(host: string, order: StageOrder): Standing {
  const name = normalHost(host);
  if (order.hosts.includes(name)) return 'ours';
  return order.services?.has(name) ? 'service' : 'stranger';
}

/** Where octets for this target are to be sent; `undefined` where they are not. */
export function routeOf({ host, port }: Target, order: StageOrder): { address: string; port: number } | undefined {
  const service = order.services?.get(host);
  if (service !== undefined) return service;
  return order.others === 'passed-through' ? { address: host, port } : undefined;
}

export function named({ host, port }: Target): Pick<Connection, 'host' | 'port'> {
  return { host, port };
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import { openStage, type Stage, type StageOrder } from '@assay/mitm';

interface Address {
  readonly address: string;
  readonly port: number;
}

/** What the phone's proxy settings name, for the whole walk: whatever stands behind it changes from case to case. */
export interface Front {
  readonly port: number;
  /** Hosts that were carried to their own servers, untouched. */
  strangers(): ReadonlySet<string>;
  /** From now on connections for this host go there. */
  send(host: string, to: Address): void;
  /** A page of the harness itself, by `host:port`, also for a phone that asks the proxy for it. */
  offer(name: string, at: Address): void;
  /** From now on connections for this host are closed: it is between two cases, and must not reach its own server. */
  hold(host: string): void;
  close(): Promise<void>;
}

export interface FrontOptions extends Pick<StageOrder, 'address' | 'port' | 'clock' | 'random'> {
  /** Where hosts that are passed through are reached, by name; elsewhere as the name service says. */
  readonly connect: ReadonlyMap<string, Address>;
}

/** A phone that is asleep keeps connections to others for long, and they are none of ours. */
const TIMEOUTS = { handshakeMs: 30_000, idleMs: 600_000 };

/**
 * A proxy that forges nothing: it carries named hosts to the case that is current and all others to themselves. So a case can
 * end, and take its connections with it, while everything else on the phone goes on.
 */
export async function openFront({ connect, ...at }: FrontOptions): Promise<Front> {
  const services = new Map<string, Address>(connect);
  const named = new Set<string>();
  const send = (host: string, to: Address): void => {
    named.add(host);
    services.set(host, to);
  };
  const shut = await openShutDoor();
  const stage: Stage = await openStage({
    ...at,
    ...{ hosts: [], others: 'passed-through', services, timeouts: TIMEOUTS, marker: '/' },
    forgedFor: () => {
      throw new TypeError('nothing is forged here');
    },
  }).catch(async (error: unknown) => {
    await shut.close();
    throw error;
  });
  return {
    port: stage.port,
    strangers: () =>
      new Set(stage.connections().flatMap(({ host = '' }) => (host === '' || named.has(host) ? [] : [host]))),
    send,
    offer(name, at) {
      named.add(name.slice(0, name.lastIndexOf(':')));
      services.set(name, at);
    },
    hold: (host) => send(host, { address: '127.0.0.1', port: shut.port }),
    async close() {
      await Promise.all([stage.close(), shut.close()]);
    },
  };
}

/** A port that is ours and lets nobody in; one that is merely closed may be somebody else's tomorrow. */
async function openShutDoor(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((socket) => socket.on('error', () => {}).destroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

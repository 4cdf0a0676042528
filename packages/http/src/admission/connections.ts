import { type Server, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { networkOf } from './network.ts';

/** Connections that may be open at once. A further one is closed before anything is read from it, or TLS is spoken. */
export interface ConnectionLimits {
  /** For each /24 or /48; behind a proxy, which has one address for everybody, it is the proxy that counts. */
  readonly network: number;
  /** For everybody together. A connection holds at most one body, so this bounds the memory for them. */
  readonly all: number;
}

export const DEFAULT_CONNECTIONS: ConnectionLimits = { network: 1_024, all: 4_096 };

export interface Connections {
  /** How many were ever taken. */
  readonly taken: number;
}

/** Keeps a server's connections within their limits. `isDirect` says that a connection is one client's own. */
export function limitConnections(server: Server, limits: ConnectionLimits, isDirect: boolean): Connections {
  const open = new Map<string, number>();
  let taken = 0;
  server.maxConnections = limits.all;
  server.on('connection', (socket) => {
    taken += 1;
    if (isDirect) countNetwork(open, socket, limits.network);
  });
  return {
    get taken() {
      return taken;
    },
  };
}

function countNetwork(open: Map<string, number>, socket: Socket, most: number): void {
  const network = networkOf(socket.remoteAddress ?? '');
  const count = (open.get(network) ?? 0) + 1;
  open.set(network, count);
  socket.once('close', () => {
    const left = (open.get(network) ?? 1) - 1;
    if (left > 0) open.set(network, left);
    else open.delete(network);
  });
  if (count > most) socket.destroy();
}

/**
 * Hangs up on who sends a request before the last one is answered: no client that is in use does, and one read of Node's may
 * hold a thousand requests (RFC 9112 9.3.2 lets a server close at any time). Not for the connections of a proxy.
 */
export function refusePipelining(app: FastifyInstance): void {
  const busy = new WeakSet<Socket>();
  app.addHook('onRequest', async ({ raw: { socket } }, reply) => {
    if (busy.has(socket)) {
      reply.hijack();
      socket.destroy();
      return;
    }
    busy.add(socket);
    reply.raw.once('close', () => busy.delete(socket));
  });
}

/**
 * A connection that was told to wait is not read until the wait is over: whoever floods over it costs one answer for each
 * wait, and a client that heeds `Retry-After` hardly sees a difference. It stays open, since to take and encrypt another
 * costs us more than its sender. Not for the connections of a proxy, which carry the requests of others next.
 */
export function restAfterShedding(app: FastifyInstance): void {
  let rests = 0;
  app.addHook('onResponse', async ({ raw: { socket } }, reply) => {
    const seconds = Number(reply.getHeader('retry-after') ?? 0);
    if (seconds === 0 || !(socket instanceof Socket)) return; // a request that was injected has no connection
    const milliseconds = seconds * 1_000 + spread(rests++);
    // Once Node has asked for what comes next, which it does when an answer is out.
    setImmediate(rest, socket, milliseconds);
  });
}

const SPREAD_MS = 1_000;
/** A prime next to the golden section: few rests or many, they end evenly spread. */
const STRIDE_MS = 619;

/** Rests that began together do not end together: all at once they would be one long turn of the event loop. */
const spread = (nth: number): number => (nth * STRIDE_MS) % SPREAD_MS;

function rest(socket: Socket, milliseconds: number): void {
  if (socket.destroyed) return;
  socket.pause();
  setTimeout(() => socket.resume(), milliseconds).unref();
}

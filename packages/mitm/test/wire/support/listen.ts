import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TestContext } from 'node:test';
import type { Forged } from '../../../src/stage.ts';
import { serveOwn, type WireNews } from '../../../src/wire/index.ts';
import { makeChain, type TestChain } from './chain.ts';

export interface Listening {
  readonly port: number;
  readonly chain: TestChain;
  /** What became known of the first connection, when it is gone. */
  readonly ended: Promise<Seen>;
  /** The same of the second. */
  readonly endedAgain: Promise<Seen>;
}

export type Seen = WireNews & { readonly received: string };

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello';

/** A listener on loopback that serves each connection by our own engine, and answers the first octets that come. */
export async function listen(
  context: TestContext,
  forged: Partial<Forged> = {},
  chain: TestChain = makeChain(),
): Promise<Listening> {
  const all: Forged = { chain: chain.chain, key: chain.key, tls: {}, http: {}, ...forged };
  const server = createServer({ allowHalfOpen: true });
  context.after(() => server.close());
  const ended = endOf(server, all);
  const endedAgain = new Promise<Seen>((resolve) => {
    server.once('connection', () => void endOf(server, all).then(resolve));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, chain, ended, endedAgain };
}

/** Serves the next connection, and resolves when it is gone. */
function endOf(server: Server, forged: Forged): Promise<Seen> {
  return new Promise((resolve) => {
    server.once('connection', (socket: Socket) => {
      let known: WireNews = {};
      const learned = (news: WireNews): void => {
        known = { ...known, ...news };
      };
      const plain = serveOwn(socket, {
        forged,
        random: randomBytes,
        handshakeMs: 5000,
        ticketKeys: TICKET_KEYS,
        learned,
      });
      const received = answer(plain);
      socket.once('close', () => resolve({ ...known, received: received() }));
    });
  });
}

const TICKET_KEYS = new Uint8Array(48).fill(7);

function answer(plain: Duplex): () => string {
  const received: Buffer[] = [];
  plain.on('data', (octets: Buffer) => {
    received.push(octets);
    if (received.length === 1) plain.end(ANSWER);
  });
  plain.on('end', () => plain.end());
  return () => Buffer.concat(received).toString();
}

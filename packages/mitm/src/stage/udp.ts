import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { readQuicInitial } from '../hello/index.ts';
import type { ConnectionLog } from './log.ts';

const MOST_CLIENTS = 256;

export interface QuicWatch {
  close(): Promise<void>;
}

/**
 * Notices attempts at HTTP/3 on the UDP port of the listener's number, and answers nothing. A client that is not
 * answered falls back to TCP. `undefined` where the port is taken.
 */
export function openQuicWatch(
  address: string,
  port: number,
  newLog: () => ConnectionLog,
): Promise<QuicWatch | undefined> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const clients = new Set<string>();
  socket.on('message', (datagram, { address: host, port: from }) => {
    const client = `${host} ${from}`;
    if (clients.has(client) || clients.size >= MOST_CLIENTS || readQuicInitial(datagram) === undefined) return;
    clients.add(client);
    const log = newLog();
    log.ended('timeout');
    log.settle();
  });
  return new Promise((resolve) => {
    let isBound = false;
    socket.on('error', () => {
      if (isBound) return;
      socket.close();
      resolve(undefined);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      isBound = true;
      resolve({ close: () => closed(socket) });
    });
  });
}

function closed(socket: ReturnType<typeof createSocket>): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

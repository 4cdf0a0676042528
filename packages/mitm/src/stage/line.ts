import type { Socket } from 'node:net';
import type { ConnectionLog } from './log.ts';

/** How long a client that said goodbye has for its FIN, and how long ours waits for the client's, in milliseconds. */
const LINGER_MS = 500;

/** The client's socket, with the care that its end needs: who ended first is evidence. */
export interface Line {
  readonly socket: Socket;
  /** The client said that it ends (an alert, close_notify): the FIN that is still on its way is its own. */
  goodbye(): void;
  /** We have nothing more to say. */
  finish(): void;
  /** Ends the connection unless `settled` is called in time, whatever trickles in. */
  within(milliseconds: number): void;
  /** Lifts `within`; from here silence of `idleMs` ends the connection. */
  settled(idleMs: number): void;
}

export function openLine(socket: Socket, log: ConnectionLog): Line {
  let saidGoodbye = false;
  let deadline: NodeJS.Timeout | undefined;
  const expire = () => {
    log.ended('timeout');
    socket.destroy();
  };
  const within = (milliseconds: number) => {
    clearTimeout(deadline);
    deadline = setTimeout(expire, milliseconds);
  };
  const end = () => {
    log.ended('by-us');
    socket.end();
    linger(() => socket.destroy());
  };
  const linger = (then: () => void) => {
    clearTimeout(deadline);
    if (!socket.destroyed) deadline = setTimeout(then, LINGER_MS);
  };
  socket.on('end', () => log.ended('fin'));
  socket.on('error', () => log.ended('reset'));
  socket.on('timeout', expire);
  socket.on('close', () => {
    clearTimeout(deadline);
    log.ended('by-us');
  });
  return {
    socket,
    goodbye: () => {
      saidGoodbye = true;
    },
    finish: () => {
      socket.resume();
      if (saidGoodbye && !socket.readableEnded) linger(end);
      else end();
    },
    within,
    settled: (idleMs) => {
      clearTimeout(deadline);
      socket.setTimeout(idleMs);
    },
  };
}

import type { Socket } from 'node:net';
import type { ConnectionLog } from './log.ts';

/** How long a client that said goodbye has for its FIN, and how long ours waits for the client's, in milliseconds. */
const LINGER_MS = 500;

/** The client's socket, with the care that its end needs: who ended first is evidence. */
export interface Line {
  readonly socket: Socket;
  /** The socket is closed, and its record complete. */
  readonly over: Promise<void>;
  /** The client said that it ends (an alert, close_notify): the FIN that is still on its way is its own. */
  goodbye(): void;
  /** We have nothing more to say. */
  finish(): void;
  /** Ends the connection unless `settled` is called in time, whatever trickles in. */
  within(milliseconds: number): void;
  /** From here silence of that many milliseconds ends the connection. */
  quietFor(milliseconds: number): void;
  /** Lifts `within`. */
  settled(): void;
}

export function openLine(socket: Socket, log: ConnectionLog): Line {
  let [saidGoodbye, isFinished] = [false, false];
  let timer: NodeJS.Timeout | undefined;
  let tellOver = (): void => {};
  const over = new Promise<void>((resolve) => {
    tellOver = resolve;
  });
  const after = (milliseconds: number, then: () => void) => {
    clearTimeout(timer);
    if (!socket.destroyed) timer = setTimeout(then, milliseconds);
  };
  const expire = () => {
    log.ended('timeout');
    socket.destroy();
  };
  const end = () => {
    log.ended('by-us');
    socket.end();
    after(LINGER_MS, () => socket.destroy());
  };
  socket.on('end', () => log.ended('fin'));
  // What follows its goodbye answers our own: it had closed by then.
  socket.on('error', () => log.ended(saidGoodbye ? 'fin' : 'reset'));
  socket.on('timeout', expire);
  socket.on('close', () => {
    clearTimeout(timer);
    log.ended('by-us');
    // Parsers above hear of the close in this turn, and may have a last word.
    setImmediate(() => {
      log.settle();
      tellOver();
    });
  });
  return {
    socket,
    over,
    goodbye: () => {
      saidGoodbye = true;
    },
    finish: () => {
      if (isFinished) return;
      isFinished = true;
      socket.resume();
      if ((saidGoodbye || log.now().alert !== undefined) && !socket.readableEnded) after(LINGER_MS, end);
      else end();
    },
    within: (milliseconds) => {
      if (!isFinished) after(milliseconds, expire);
    },
    quietFor: (milliseconds) => socket.setTimeout(milliseconds),
    settled: () => {
      if (!isFinished) clearTimeout(timer);
    },
  };
}

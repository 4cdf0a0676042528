import type { Duplex } from 'node:stream';
import { fault } from '../../reasons.ts';

/** More than any greeting before TLS takes; a peer that sends more is not waited for. */
const MAX_BYTES = 1 << 16;

/**
 * What a peer says before TLS begins, read piece by piece within a bound. Ends with {@link release}, which refuses bytes
 * that came too early: a peer, or somebody between, that speaks before TLS would be heard as if inside of it.
 */
export interface Wire {
  write(bytes: Uint8Array | string): void;
  /** The next `count` bytes. */
  bytes(count: number): Promise<Buffer>;
  /** Everything up to and including the first match of `end`, as Latin-1. */
  text(end: RegExp): Promise<string>;
  release(): void;
}

export function createWire(socket: Duplex): Wire {
  let held = Buffer.alloc(0);
  let ended: Error | undefined;
  let wake: () => void = () => {};
  const onData = (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    if (held.length > MAX_BYTES) onEnd(unexpected('more than 64 KiB before TLS'));
    wake();
  };
  const onEnd = (error?: Error) => {
    ended ??= error instanceof Error ? error : unexpected('the connection was closed before TLS');
    socket.pause();
    wake();
  };
  const onClose = () => onEnd();
  socket.on('data', onData).on('error', onEnd).on('close', onClose).on('end', onClose);

  /** Takes what `measure` finds at the front, as soon as it is there. */
  const take = async (measure: (held: Buffer) => number | undefined): Promise<Buffer> => {
    for (;;) {
      const length = measure(held);
      if (length !== undefined) {
        const taken = held.subarray(0, length);
        held = held.subarray(length);
        return taken;
      }
      if (ended !== undefined) throw ended;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    write: (bytes) => void socket.write(bytes),
    bytes: (count) => take((bytes) => (bytes.length >= count ? count : undefined)),
    async text(end) {
      const measure = (bytes: Buffer) => {
        const match = end.exec(bytes.toString('latin1'));
        return match === null ? undefined : match.index + match[0].length;
      };
      return (await take(measure)).toString('latin1');
    },
    release() {
      socket.off('data', onData).off('error', onEnd).off('close', onClose).off('end', onClose);
      socket.pause();
      if (ended !== undefined) throw ended;
      if (held.length > 0) throw unexpected('bytes before TLS began, which could be anybody’s');
    },
  };
}

/** The peer did not say what its protocol has it say. */
export function unexpected(found: string, expected?: string): Error {
  const message = 'the conversation before TLS failed';
  return fault('cli.host_unreachable', { message, found, ...(expected === undefined ? {} : { expected }) });
}

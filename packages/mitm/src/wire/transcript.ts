import { createHash } from 'node:crypto';
import { HANDSHAKE } from './codes.ts';
import { handshake } from './writer.ts';

/** All handshake messages so far, in order (RFC 8446 4.4.1, RFC 5246 7.4.9). */
export class Transcript {
  private messages: Uint8Array[] = [];

  add(...messages: readonly Uint8Array[]): void {
    this.messages.push(...messages);
  }

  digest(hash: string): Uint8Array {
    const digest = createHash(hash);
    for (const message of this.messages) digest.update(message);
    return digest.digest();
  }

  /** Before a HelloRetryRequest the first ClientHello is replaced by its hash (RFC 8446 4.4.1). */
  fold(hash: string): void {
    this.messages = [handshake(HANDSHAKE.messageHash, this.digest(hash))];
  }
}

import { createHash } from 'node:crypto';
import { concat } from '@assay/formats';
import { HANDSHAKE, VERSION } from './codes.ts';
import { handshake, number, vector } from './writer.ts';

export interface ServerHello {
  /** legacy_version; TLS 1.3 is named by an extension instead. */
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipher: number;
  readonly extensions: readonly Uint8Array[];
}

/** RFC 8446 4.1.3, RFC 5246 7.4.1.3; without compression. */
export function writeServerHello(hello: ServerHello): Uint8Array {
  return handshake(
    HANDSHAKE.serverHello,
    number(2, Math.min(hello.version, VERSION['tls1.2'])),
    hello.random,
    vector(1, hello.sessionId),
    number(2, hello.cipher),
    number(1, 0),
    ...(hello.extensions.length === 0 ? [] : [vector(2, ...hello.extensions)]),
  );
}

/** The random of a HelloRetryRequest (RFC 8446 4.1.3). */
export const RETRY_RANDOM: Uint8Array = createHash('sha256').update('HelloRetryRequest').digest();

/** The last octets of the random of a server that could do 1.3, but says 1.2 (RFC 8446 4.1.3). */
export const DOWNGRADE_SENTINEL: Uint8Array = concat(Buffer.from('DOWNGRD'), Uint8Array.of(1));

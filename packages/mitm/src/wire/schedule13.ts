import { createHash, createHmac } from 'node:crypto';
import { concat } from '@assay/formats';
import type { Keys } from './protection.ts';
import type { Suite } from './suites.ts';
import { number, vector } from './writer.ts';

type Hash = Suite['hash'];

/** Traffic secrets of both directions. */
export interface Secrets {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** The key schedule (RFC 8446 7.1); `psk` is the secret of a session that goes on. */
export class Schedule13 {
  private readonly hash: Hash;
  private readonly handshakeSecret: Uint8Array;

  constructor(hash: Hash, shared: Uint8Array, psk: Uint8Array = zeros(hash)) {
    this.hash = hash;
    const early = extract(hash, zeros(hash), psk);
    this.handshakeSecret = extract(hash, this.derived(early), shared);
  }

  /** `transcript`: hash up to our ServerHello. */
  handshake(transcript: Uint8Array): Secrets {
    return this.secrets(this.handshakeSecret, 'hs', transcript);
  }

  /** `transcript`: hash up to our Finished. */
  application(transcript: Uint8Array): Secrets {
    return this.secrets(this.master(), 'ap', transcript);
  }

  /** The secret of a session that goes on from here, by its ticket (RFC 8446 4.6.1). `transcript`: hash up to the client's Finished. */
  resumption(transcript: Uint8Array): Uint8Array {
    const secret = expandLabel(this.hash, this.master(), 'res master', transcript);
    return expandLabel(this.hash, secret, 'resumption', TICKET_NONCE);
  }

  private master(): Uint8Array {
    return extract(this.hash, this.derived(this.handshakeSecret), zeros(this.hash));
  }

  private derived(secret: Uint8Array): Uint8Array {
    return expandLabel(this.hash, secret, 'derived', createHash(this.hash).digest());
  }

  private secrets(secret: Uint8Array, stage: 'hs' | 'ap', transcript: Uint8Array): Secrets {
    return {
      client: expandLabel(this.hash, secret, `c ${stage} traffic`, transcript),
      server: expandLabel(this.hash, secret, `s ${stage} traffic`, transcript),
    };
  }
}

/** One ticket a connection needs no other. */
export const TICKET_NONCE: Uint8Array = Uint8Array.of(0);

/** The binder that proves a session's secret (RFC 8446 4.2.11.2). `transcript`: hash of the ClientHello without its binders. */
export function binder13(hash: Hash, psk: Uint8Array, transcript: Uint8Array): Uint8Array {
  const key = expandLabel(hash, extract(hash, zeros(hash), psk), 'res binder', createHash(hash).digest());
  return finished13(hash, key, transcript);
}

/** What early data is under. `transcript`: hash of the ClientHello. */
export function earlySecret13(hash: Hash, psk: Uint8Array, transcript: Uint8Array): Uint8Array {
  return expandLabel(hash, extract(hash, zeros(hash), psk), 'c e traffic', transcript);
}

/** RFC 8446 7.3. */
export function keys13({ hash, aead }: Suite, secret: Uint8Array): Keys {
  const none = new Uint8Array();
  return {
    aead,
    key: expandLabel(hash, secret, 'key', none, aead.keyLength),
    iv: expandLabel(hash, secret, 'iv', none, 12),
  };
}

/** verify_data of Finished (RFC 8446 4.4.4). */
export function finished13(hash: Hash, secret: Uint8Array, transcript: Uint8Array): Uint8Array {
  return createHmac(hash, expandLabel(hash, secret, 'finished', new Uint8Array()))
    .update(transcript)
    .digest();
}

/** The secret after a KeyUpdate (RFC 8446 7.2). */
export function nextSecret(hash: Hash, secret: Uint8Array): Uint8Array {
  return expandLabel(hash, secret, 'traffic upd', new Uint8Array());
}

/** HKDF-Extract (RFC 5869 2.2). */
function extract(hash: Hash, salt: Uint8Array, input: Uint8Array): Uint8Array {
  return createHmac(hash, salt).update(input).digest();
}

/** HKDF-Expand-Label (RFC 8446 7.1); one block of HKDF, since nothing in TLS 1.3 is longer than the hash. */
function expandLabel(
  hash: Hash,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number = zeros(hash).length,
): Uint8Array {
  const info = concat(number(2, length), vector(1, Buffer.from(`tls13 ${label}`)), vector(1, context));
  return createHmac(hash, secret)
    .update(concat(info, Uint8Array.of(1)))
    .digest()
    .subarray(0, length);
}

function zeros(hash: Hash): Uint8Array {
  return new Uint8Array(hash === 'sha256' ? 32 : 48);
}

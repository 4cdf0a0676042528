import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from '@assay/formats';
import { CONTENT, VERSION } from './codes.ts';
import { wireFault } from './fault.ts';
import type { Aead } from './suites.ts';
import { number } from './writer.ts';

/** One record without its header's length: what is in it, or what it is on the wire. */
export interface Fragment {
  readonly type: number;
  readonly content: Uint8Array;
}

/** Keys of one direction. `seal` and `open` count records, so each is called once per record, in order. */
export interface Protection {
  seal(fragment: Fragment): Fragment;
  /** Throws `mitm.wire_undecryptable`; the count then stays, so that early data can be skipped (RFC 8446 4.2.10). */
  open(fragment: Fragment): Fragment;
}

export interface Keys {
  readonly aead: Aead;
  readonly key: Uint8Array;
  /** TLS 1.3, and ChaCha20-Poly1305 in 1.2: 12 octets; AES-GCM in TLS 1.2: the salt of 4. */
  readonly iv: Uint8Array;
}

const TAG = 16;

/** Told apart for the types of node:crypto alone. */
const CHACHA = 'chacha20-poly1305';

/** RFC 8446 5.2, 5.3: the type is inside, behind it any number of zeros. */
export function createProtection13(keys: Keys): Protection {
  let count = 0;
  const header = (length: number): Uint8Array => recordHeader(CONTENT.applicationData, length);
  return {
    seal: ({ type, content }) => {
      const inner = concat(content, number(1, type));
      const sealed = seal(keys, nonceOf(keys.iv, count++), header(inner.length + TAG), inner);
      return { type: CONTENT.applicationData, content: sealed };
    },
    open: ({ type, content }) => {
      if (type !== CONTENT.applicationData) return unsealed({ type, content });
      const inner = open(keys, nonceOf(keys.iv, count), header(content.length), content);
      count += 1;
      return unpadded(inner);
    },
  };
}

/** RFC 5246 6.2.3.3 with the nonces of RFC 5288 3 and RFC 7905 2. */
export function createProtection12(keys: Keys): Protection {
  let count = 0;
  const explicit = keys.aead.explicitNonce;
  const about = (type: number, length: number): Uint8Array => concat(counter(count, 8), recordHeader(type, length));
  const nonce = (part: Uint8Array): Uint8Array => (explicit === 0 ? nonceOf(keys.iv, count) : concat(keys.iv, part));
  return {
    seal: ({ type, content }) => {
      const part = counter(count, explicit);
      const sealed = concat(part, seal(keys, nonce(part), about(type, content.length), content));
      count += 1;
      return { type, content: sealed };
    },
    open: ({ type, content }) => {
      const [part, sealed] = [content.subarray(0, explicit), content.subarray(explicit)];
      const opened = open(keys, nonce(part), about(type, Math.max(sealed.length - TAG, 0)), sealed);
      count += 1;
      return { type, content: opened };
    },
  };
}

/** ContentType, legacy_record_version, length (RFC 8446 5.1). */
export function recordHeader(type: number, length: number, version: number = VERSION['tls1.2']): Uint8Array {
  return concat(number(1, type), number(2, version), number(2, length));
}

/**
 * What comes in clear although there are keys: change_cipher_spec (RFC 8446 D.4), and the alert of a client that has not
 * changed its own keys yet, as OpenSSL's when it does not like our certificate.
 */
function unsealed(fragment: Fragment): Fragment {
  const isAlert = fragment.type === CONTENT.alert && fragment.content.length === 2;
  if (!isAlert && fragment.type !== CONTENT.changeCipherSpec) throw wireFault('mitm.wire_unexpected');
  return fragment;
}

function unpadded(inner: Uint8Array): Fragment {
  const at = inner.findLastIndex((octet) => octet !== 0);
  const type = inner[at];
  if (type === undefined) throw wireFault('mitm.wire_unexpected');
  return { type, content: inner.subarray(0, at) };
}

function counter(count: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes.subarray(8 - length);
}

/** The count of records, padded to the left, over the IV (RFC 8446 5.3). */
function nonceOf(iv: Uint8Array, count: number): Uint8Array {
  const mask = concat(new Uint8Array(iv.length - 8), counter(count, 8));
  return mask.map((octet, at) => octet ^ (iv[at] ?? 0));
}

function seal({ aead, key }: Keys, nonce: Uint8Array, about: Uint8Array, content: Uint8Array): Uint8Array {
  const cipher =
    aead.name === CHACHA
      ? createCipheriv(aead.name, key, nonce, { authTagLength: TAG })
      : createCipheriv(aead.name, key, nonce, { authTagLength: TAG });
  cipher.setAAD(about, { plaintextLength: content.length });
  return concat(cipher.update(content), cipher.final(), cipher.getAuthTag());
}

function open({ aead, key }: Keys, nonce: Uint8Array, about: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < TAG) throw wireFault('mitm.wire_undecryptable');
  const at = sealed.length - TAG;
  const decipher =
    aead.name === CHACHA
      ? createDecipheriv(aead.name, key, nonce, { authTagLength: TAG })
      : createDecipheriv(aead.name, key, nonce, { authTagLength: TAG });
  decipher.setAAD(about, { plaintextLength: at });
  decipher.setAuthTag(sealed.subarray(at));
  const opened = decipher.update(sealed.subarray(0, at));
  try {
    decipher.final();
  } catch {
    throw wireFault('mitm.wire_undecryptable');
  }
  return opened;
}

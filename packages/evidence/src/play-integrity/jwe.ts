import { createDecipheriv, type KeyObject } from 'node:crypto';
import { parseBase64url, utf8 } from '@assay/formats';
import { json, object } from '@assay/formats/shape';
import { readProtectedHeader, sizedPart, splitCompact } from '../shared/compact.ts';

/** RFC 7518 4.4 and 5.3: a 256-bit content key, wrapped; the sizes of AES-GCM. */
const WRAPPED_KEY_BYTES = 40;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** RFC 3394 2.2.3.1: the value that an unwrapped key must bear. */
const WRAP_IV = Uint8Array.from({ length: 8 }, () => 0xa6);

/** A compact JWE in its parts, nothing of it decrypted. */
export interface CompactJwe {
  readonly alg: unknown;
  readonly enc: unknown;
  /** The header as it was sent: what the tag covers beside the ciphertext. */
  readonly protectedHeader: string;
  readonly wrappedKey: Uint8Array;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** No `zip`, no `crit`, no `kid`, no `epk`: nothing that could change how the rest is to be read. */
const readHeader = object({ alg: json, enc: json });

/** Splits a token. Raises RequestError `evidence.*`, `base64.*`, `json.*`. */
export function parseJwe(token: string): CompactJwe {
  const [protectedHeader = '', wrappedKey, iv, ciphertext, tag] = splitCompact(token, 5);
  return {
    ...readProtectedHeader(protectedHeader, readHeader),
    protectedHeader,
    wrappedKey: sizedPart(wrappedKey, WRAPPED_KEY_BYTES),
    iv: sizedPart(iv, IV_BYTES),
    ciphertext: parseBase64url(ciphertext ?? ''),
    tag: sizedPart(tag, TAG_BYTES),
  };
}

/** The plaintext of an A256KW, A256GCM token. Throws node's error when the key, the tag or the header is another one. */
export function decryptJwe(jwe: CompactJwe, key: KeyObject): Uint8Array {
  const unwrap = createDecipheriv('id-aes256-wrap', key, WRAP_IV);
  const contentKey = Buffer.concat([unwrap.update(jwe.wrappedKey), unwrap.final()]);
  const open = createDecipheriv('aes-256-gcm', contentKey, jwe.iv, { authTagLength: TAG_BYTES });
  open.setAAD(utf8(jwe.protectedHeader));
  open.setAuthTag(jwe.tag);
  return Buffer.concat([open.update(jwe.ciphertext), open.final()]);
}

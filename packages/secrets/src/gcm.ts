import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from '@assay/formats';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;

export const KEY_BYTES = 32;
export const IV_BYTES = 12;

/** AES-256-GCM (NIST SP 800-38D): the ciphertext with its 16-byte tag at the end. */
export function encrypt(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** The plaintext, or undefined when key, IV, content and context do not belong together. Only full-length tags count. */
export function decrypt(
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  if (iv.length !== IV_BYTES || sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0); // unauthenticated plaintext leaves nobody a copy
    return undefined;
  }
  return concat(plaintext);
}

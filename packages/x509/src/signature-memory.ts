import { certificateDigestOf, spkiDigestOf } from './digests.ts';

/** Remembers signatures that verified. Only positive results, so a full or lost memory costs time and nothing else. */
export interface SignatureMemory {
  has(key: string): boolean;
  add(key: string): void;
}

/** A memory of at most `capacity` results; the oldest leaves first. Every use makes an entry young again. */
export function createSignatureMemory(capacity: number): SignatureMemory {
  const keys = new Set<string>();
  return {
    has(key) {
      if (!keys.delete(key)) return false;
      keys.add(key);
      return true;
    },
    add(key) {
      keys.delete(key);
      keys.add(key);
      if (keys.size > capacity) for (const oldest of keys) return void keys.delete(oldest);
    },
  };
}

/** What a result is remembered under: the whole certificate and the whole issuer key, as digests of one length. */
export function signatureMemoryKey(
  certificate: { readonly der: Uint8Array },
  issuer: { readonly spki: Uint8Array },
): string {
  return certificateDigestOf(certificate) + spkiDigestOf(issuer);
}

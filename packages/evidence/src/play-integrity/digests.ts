import { FormatError, parseBase64url, toHex } from '@assay/formats';

const SHA256_BYTES = 32;

/** Signing digests as lower-case hex; Play writes base64url without padding. Undefined where one is no SHA-256. */
export function signersOf(digests: readonly string[]): readonly (string | undefined)[] {
  return digests.map(toDigest);
}

function toDigest(text: string): string | undefined {
  try {
    const bytes = parseBase64url(text.replace(/=$/, ''));
    return bytes.length === SHA256_BYTES ? toHex(bytes) : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

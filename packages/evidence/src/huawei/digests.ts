import { FormatError, parseBase64, parseBase64url, parseHex, toHex } from '@assay/formats';

const SHA256_BYTES = 32;

/** A SHA-256 in any of the spellings that Huawei's documents use (base64, hex in either case), as lower-case hex. */
export function toDigest(text: string): string | undefined {
  for (const parse of [(each: string) => parseHex(each.toLowerCase()), parseBase64, parseBase64url]) {
    const bytes = attempt(() => parse(text));
    if (bytes?.length === SHA256_BYTES) return toHex(bytes);
  }
  return undefined;
}

function attempt(parse: () => Uint8Array): Uint8Array | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

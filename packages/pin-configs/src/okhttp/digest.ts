const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The digest of an OkHttp pin as unpadded base64url in one spelling, so that equal bytes are equal text. okio's `decodeBase64`
 * takes both alphabets, passes over white space, and asks for no padding. Undefined for what it refuses, and for a prefix that
 * is neither `sha256/` nor `sha1/`.
 */
export function okHttpDigest(pin: string): string | undefined {
  const prefix = ['sha256/', 'sha1/'].find((known) => pin.startsWith(known));
  if (prefix === undefined) return undefined;
  const digits = withoutPadding(pin.slice(prefix.length))
    .replace(/[\n\r \t]/g, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const isRefused = digits.length % 4 === 1 || [...digits].some((digit) => !ALPHABET.includes(digit));
  return isRefused ? undefined : withoutSpareBits(digits);
}

function withoutPadding(value: string): string {
  let end = value.length;
  while (end > 0 && '=\n\r \t'.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** The last digit may carry two or four bits that belong to no byte. */
function withoutSpareBits(digits: string): string {
  const spare = [0, 0, 4, 2][digits.length % 4] ?? 0;
  if (spare === 0) return digits;
  const last = ALPHABET.indexOf(digits.charAt(digits.length - 1));
  return digits.slice(0, -1) + ALPHABET.charAt((last >> spare) << spare);
}

import { FormatError } from './error.ts';

/** Bytes of lower-case hexadecimal digits: one text for one value. Throws `hex.length_invalid`, `hex.character_invalid`. */
export function parseHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0) throw new FormatError('hex.length_invalid', text.length);
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (digit(text, at * 2) << 4) | digit(text, at * 2 + 1);
  return bytes;
}

/** The two digits of each octet. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += PAIRS[octet];
  return text;
}

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  throw new FormatError('hex.character_invalid', at);
}

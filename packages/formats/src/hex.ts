import { FormatError } from './error.ts';
import { decodeUtf8 } from './utf8.ts';

/** Bytes of lower-case hexadecimal digits: one text for one value. Throws `hex.length_invalid`, `hex.character_invalid`. */
export function parseHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0) throw new FormatError('hex.length_invalid', text.length);
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (digit(text, at * 2) << 4) | digit(text, at * 2 + 1);
  return bytes;
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  const codes = new Uint8Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 1) {
    const octet = bytes[at] ?? 0;
    codes[at * 2] = character(octet >> 4);
    codes[at * 2 + 1] = character(octet & 0x0f);
  }
  return decodeUtf8(codes);
}

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  throw new FormatError('hex.character_invalid', at);
}

function character(nibble: number): number {
  return nibble + (nibble < 10 ? 0x30 : 0x57);
}

import { ArtifactError } from '../artifact-error.ts';
import { fromUnits } from '../utf8.ts';

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of bytes in UTF-8 or in Java's modified UTF-8, which writes U+0000 in two bytes and the halves of a
 * surrogate pair in three bytes each (Dalvik executable format, "MUTF-8"); older packaging tools put the same into
 * string pools. A lone half stays one. Throws `artifact.text_invalid` at `base` plus the place of the fault.
 */
export function decodeModifiedUtf8(bytes: Uint8Array, base: number): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return decodeLeniently(bytes, base);
  }
}

function decodeLeniently(bytes: Uint8Array, base: number): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceSize(bytes[at] ?? 0);
    const point = readPoint(bytes, at, size);
    if (point < 0) throw new ArtifactError('artifact.text_invalid', base + at);
    if (point >= 0x10000) units[length++] = 0xd7c0 + (point >> 10);
    units[length++] = point < 0x10000 ? point : 0xdc00 | (point & 0x3ff);
    at += size;
  }
  return fromUnits(units.subarray(0, length));
}

/** Bytes of the sequence that begins with this octet; 0 when none does. */
function sequenceSize(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc0) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** The code point of the sequence of this size, or -1. */
function readPoint(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  if (size < 2) return size === 1 ? lead : -1;
  let point = lead & (0x7f >> size);
  for (let next = at + 1; next < at + size; next += 1) {
    const octet = bytes[next];
    if (octet === undefined || (octet & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (octet & 0x3f);
  }
  return point > 0x10ffff ? -1 : point;
}

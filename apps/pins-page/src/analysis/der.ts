import { TAG } from '@assay/formats';

/**
 * True for bytes that are one DER SEQUENCE from the first to the last. `0` is the same octet as a SEQUENCE's tag, so the
 * length decides.
 */
export function isDer(bytes: Uint8Array): boolean {
  if (bytes[0] !== TAG.SEQUENCE || bytes.length < 2) return false;
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.length === 2 + first;
  const octets = bytes.subarray(2, 2 + (first & 0x7f));
  return octets.length <= 3 && bytes.length === 2 + octets.length + octets.reduce((sum, each) => sum * 256 + each, 0);
}

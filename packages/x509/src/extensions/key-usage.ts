import type { DerReader } from '@assay/formats';
import { malformed } from '../faults.ts';

/** The bits of RFC 5280 4.2.1.3, in order. */
const KEY_USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

/** RFC 5280 4.2.1.3: at least one of the bits must be set. */
export function readKeyUsage(reader: DerReader): ReadonlySet<KeyUsage> {
  const { bytes } = reader.bitString();
  const usages = KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
  if (usages.length === 0) throw malformed('x509.extension_malformed', { clause: 'RFC 5280 4.2.1.3', found: 'no bit' });
  return new Set(usages);
}

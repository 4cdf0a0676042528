import type { PublicKeyAlgorithm } from '@assay/x509';

/** FIPS 204 keys. Android 17 attests them; a runtime that cannot use one can still say which it is. */
const ML_DSA: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.3.17', 'ml-dsa-44'],
  ['2.16.840.1.101.3.4.3.18', 'ml-dsa-65'],
  ['2.16.840.1.101.3.4.3.19', 'ml-dsa-87'],
]);

/** The name of a key's algorithm in facts: `ec-p256`, `rsa-2048`, `ml-dsa-65`; an unknown one by its OID. */
export function keyAlgorithmName(key: PublicKeyAlgorithm): string {
  if (key.kind === 'ec') return `ec-${key.curve.toLowerCase().replace('-', '')}`;
  if (key.kind === 'rsa') return `rsa-${key.bits}`;
  return key.kind === 'unsupported' ? (ML_DSA.get(key.oid) ?? key.oid) : key.kind;
}

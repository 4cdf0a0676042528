import { type KeyObject, verify } from 'node:crypto';
import { toHex } from '@assay/formats';
import { refused } from './faults.ts';
import { OID } from './oids.ts';
import type { Signed } from './signed.ts';

/** A signature algorithm that this package can verify. Profiles choose among these rows. */
export interface SignatureAlgorithm {
  readonly id: string;
  readonly oid: string;
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  readonly key: 'ec' | 'rsa';
}

export const ECDSA_SHA256: SignatureAlgorithm = { id: 'ecdsa-sha256', oid: OID.ecdsaSha256, hash: 'sha256', key: 'ec' };
export const ECDSA_SHA384: SignatureAlgorithm = { id: 'ecdsa-sha384', oid: OID.ecdsaSha384, hash: 'sha384', key: 'ec' };
export const ECDSA_SHA512: SignatureAlgorithm = { id: 'ecdsa-sha512', oid: OID.ecdsaSha512, hash: 'sha512', key: 'ec' };
export const RSA_SHA256: SignatureAlgorithm = { id: 'rsa-sha256', oid: OID.rsaSha256, hash: 'sha256', key: 'rsa' };
export const RSA_SHA384: SignatureAlgorithm = { id: 'rsa-sha384', oid: OID.rsaSha384, hash: 'sha384', key: 'rsa' };
export const RSA_SHA512: SignatureAlgorithm = { id: 'rsa-sha512', oid: OID.rsaSha512, hash: 'sha512', key: 'rsa' };

/** Every algorithm of this package. SHA-1 and MD5 are not here, and so can never be asked for. */
export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = [
  ECDSA_SHA256,
  ECDSA_SHA384,
  ECDSA_SHA512,
  RSA_SHA256,
  RSA_SHA384,
  RSA_SHA512,
];

/** What may follow the OID, as hex: nothing for ECDSA (RFC 5758 3.2), NULL or nothing for RSA (RFC 4055 5). */
const PARAMETERS: Readonly<Record<SignatureAlgorithm['key'], readonly string[]>> = { ec: [''], rsa: ['0500', ''] };

/**
 * The row of `allowed` that the signature names. Raises x509.algorithm_refused when there is none, or when its
 * parameters are not the ones that the algorithm has (a place to hide bytes).
 */
export function allowedAlgorithm(signed: Signed, allowed: readonly SignatureAlgorithm[]): SignatureAlgorithm {
  const { oid, parameters } = signed.signatureAlgorithm;
  const row = allowed.find((algorithm) => algorithm.oid === oid);
  if (row === undefined || !PARAMETERS[row.key].includes(parameters === undefined ? '' : toHex(parameters))) {
    throw refused('x509.algorithm_refused', { expected: allowed.map(({ id }) => id).join(', '), found: oid });
  }
  return row;
}

/**
 * Proves that `signed` was signed by `key` (RFC 5280 6.1.3 (a)(1)).
 * Raises x509.algorithm_refused and x509.signature_invalid. An empty `allowed` refuses everything.
 */
export function verifySignedBy(signed: Signed, key: KeyObject, allowed: readonly SignatureAlgorithm[]): void {
  const algorithm = allowedAlgorithm(signed, allowed);
  if (key.asymmetricKeyType !== algorithm.key || !verify(algorithm.hash, signed.tbs, key, signed.signature)) {
    throw refused('x509.signature_invalid', { clause: 'RFC 5280 6.1.3 (a)(1)' });
  }
}

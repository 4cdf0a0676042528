import { der } from '@assay/formats';
import { signDer, type TestKeys } from './keys.ts';

/** A name and the key that signs under it. */
export interface Issuer {
  readonly name: Uint8Array;
  readonly keys: TestKeys;
}

export interface CertificateSpec {
  readonly issuer: Issuer;
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly serial: bigint;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Uint8Array[];
}

/** An issuer with the certificate that says so. */
export interface Authority extends Issuer {
  readonly certificate: Uint8Array;
  readonly serial: bigint;
}

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const V3 = 2n;

/** A certificate of version 3 (RFC 5280 4.1), signed with ECDSA and SHA-256. */
export function mintCertificate(spec: CertificateSpec): Uint8Array {
  const tbs = der.sequence(
    der.explicit(0, der.integer(V3)),
    der.integer(spec.serial),
    ECDSA_SHA256,
    spec.issuer.name,
    der.sequence(der.utcTime(spec.notBefore), der.utcTime(spec.notAfter)),
    spec.subject,
    spec.spki,
    der.explicit(3, der.sequence(...spec.extensions)),
  );
  return der.sequence(tbs, ECDSA_SHA256, der.bits(signDer(tbs, spec.issuer.keys)));
}

export function extension(oid: string, value: Uint8Array, { critical = false } = {}): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const CERT_SIGN_AND_CRL_SIGN = Uint8Array.of(0x06);

/** An authority: cA, keyCertSign, cRLSign. */
export const AUTHORITY: readonly Uint8Array[] = [
  extension(BASIC_CONSTRAINTS, der.sequence(der.boolean(true)), { critical: true }),
  extension(KEY_USAGE, der.bits(CERT_SIGN_AND_CRL_SIGN, 1), { critical: true }),
];

/** Anything else: cA is false. */
export const NO_AUTHORITY: readonly Uint8Array[] = [extension(BASIC_CONSTRAINTS, der.sequence(), { critical: true })];

const ATTRIBUTES = { commonName: '2.5.4.3', serialNumber: '2.5.4.5', organization: '2.5.4.10', unit: '2.5.4.11' };

/** A distinguished name of these attributes, in this order. */
export function nameOf(attributes: Partial<Record<keyof typeof ATTRIBUTES, string>>): Uint8Array {
  const named = Object.entries(attributes) as [keyof typeof ATTRIBUTES, string][]; // the keys that the type allows
  return der.sequence(
    ...named.map(([name, value]) => der.set(der.sequence(der.oid(ATTRIBUTES[name]), der.utf8(value)))),
  );
}

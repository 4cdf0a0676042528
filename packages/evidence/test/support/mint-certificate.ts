import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, toPem } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';

/** Makes certificates for tests: valid by default, and wrong in exactly the way that a test asks for. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Issuer {
  readonly name: Uint8Array;
  readonly keys: KeyPair;
}

export interface CertificateSpec {
  readonly subject: Uint8Array;
  readonly publicKey: KeyObject;
  readonly issuer: Issuer;
  readonly serial: bigint;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Uint8Array[];
}

const P256 = 'prime256v1';
export const P384 = 'secp384r1';

export function generateKeys(namedCurve: string = P256): KeyPair {
  return generateKeyPairSync('ec', { namedCurve });
}

export function commonName(text: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(text))));
}

export function spkiOf(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' });
}

export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

export const AUTHORITY_EXTENSIONS: readonly Uint8Array[] = [
  extension('2.5.29.19', true, der.sequence(der.boolean(true))),
  extension('2.5.29.15', true, der.bits(Uint8Array.of(0x06), 1)),
];

export const LEAF_EXTENSIONS: readonly Uint8Array[] = [extension('2.5.29.19', true, der.sequence())];

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));

export function mintCertificate(spec: CertificateSpec): Uint8Array {
  const tbs = der.sequence(
    der.explicit(0, der.integer(2n)),
    der.integer(spec.serial),
    ECDSA_SHA256,
    spec.issuer.name,
    der.sequence(der.utcTime(spec.notBefore), der.utcTime(spec.notAfter)),
    spec.subject,
    spkiOf(spec.publicKey),
    der.explicit(3, der.sequence(...spec.extensions)),
  );
  return der.sequence(tbs, ECDSA_SHA256, der.bits(sign('sha256', tbs, spec.issuer.keys.privateKey)));
}

export interface Authority extends Issuer {
  readonly certificate: Uint8Array;
}

export interface AuthoritySpec {
  readonly name: string;
  readonly serial: bigint;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Signs itself when undefined. */
  readonly issuer: Issuer | undefined;
}

export function mintAuthority(spec: AuthoritySpec): Authority {
  const self: Issuer = { name: commonName(spec.name), keys: generateKeys() };
  const certificate = mintCertificate({
    subject: self.name,
    publicKey: self.keys.publicKey,
    issuer: spec.issuer ?? self,
    serial: spec.serial,
    notBefore: spec.notBefore,
    notAfter: spec.notAfter,
    extensions: AUTHORITY_EXTENSIONS,
  });
  return { ...self, certificate };
}

export function anchorOf(id: string, certificate: Uint8Array): TrustAnchor {
  return loadAnchor({
    id,
    pem: toPem(certificate, 'CERTIFICATE'),
    sha256: createHash('sha256').update(certificate).digest('hex'),
    source: 'made by the test',
    date: '2026-11-21',
  });
}

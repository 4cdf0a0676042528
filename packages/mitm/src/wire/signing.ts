import { constants, type KeyObject, sign } from 'node:crypto';

/** A SignatureScheme (RFC 8446 4.2.3). */
export interface Scheme {
  readonly id: number;
  readonly key: 'ec' | 'ed25519' | 'rsa';
  /** As node:crypto names it. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | 'sha1' | 'md5-sha1' | null;
  /** TLS 1.3 ties the hash to the curve; TLS 1.2 does not. */
  readonly curve?: string;
  readonly pss?: boolean;
  /** TLS 1.3 has it for certificates only, not for the handshake. */
  readonly onlyBefore13?: boolean;
  /** Bits below which an RSA key cannot make it. */
  readonly bits?: number;
}

/** By preference within a kind of key. */
export const SCHEMES: readonly Scheme[] = [
  { id: 0x0403, key: 'ec', hash: 'sha256', curve: 'prime256v1' },
  { id: 0x0503, key: 'ec', hash: 'sha384', curve: 'secp384r1' },
  { id: 0x0603, key: 'ec', hash: 'sha512', curve: 'secp521r1' },
  { id: 0x0203, key: 'ec', hash: 'sha1', onlyBefore13: true },
  { id: 0x0807, key: 'ed25519', hash: null },
  { id: 0x0804, key: 'rsa', hash: 'sha256', pss: true, bits: 528 },
  { id: 0x0401, key: 'rsa', hash: 'sha256', onlyBefore13: true, bits: 496 },
  { id: 0x0201, key: 'rsa', hash: 'sha1', onlyBefore13: true, bits: 368 },
];

/** Signatures before TLS 1.2, which has no numbers for them yet (RFC 4346 7.4.3, RFC 4492 5.4). */
export const SCHEMES_BEFORE_12: readonly Scheme[] = [
  { id: 0, key: 'rsa', hash: 'md5-sha1' },
  { id: 0, key: 'ec', hash: 'sha1' },
];

/**
 * The scheme for a handshake signature: the first that the key can make and the client offers; else the first that the
 * key can make, which is a fault for the client to judge. Undefined for keys that make no TLS signature at all.
 */
export function chooseScheme(key: KeyObject, offered: readonly number[], is13: boolean): Scheme | undefined {
  const possible = SCHEMES.filter(
    (scheme) => scheme.key === key.asymmetricKeyType && (scheme.bits ?? 0) <= modulusBits(key),
  );
  const proper = is13 ? possible.filter((scheme) => fits13(scheme, key)) : possible;
  return proper.find(({ id }) => offered.includes(id)) ?? proper[0] ?? possible[0];
}

export function signWith(scheme: Scheme, key: KeyObject, content: Uint8Array): Uint8Array {
  if (scheme.pss !== true) return sign(scheme.hash, content, key);
  const [padding, saltLength] = [constants.RSA_PKCS1_PSS_PADDING, constants.RSA_PSS_SALTLEN_DIGEST];
  return sign(scheme.hash, content, { key, padding, saltLength });
}

function fits13(scheme: Scheme, key: KeyObject): boolean {
  if (scheme.onlyBefore13 === true) return false;
  return scheme.curve === undefined || scheme.curve === key.asymmetricKeyDetails?.namedCurve;
}

function modulusBits(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

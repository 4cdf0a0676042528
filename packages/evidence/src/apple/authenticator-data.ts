/**
 * Authenticator data as App Attest fills it (WebAuthn Level 2, 6.1, with Apple's deviations):
 * rpIdHash 32 | flags 1 | counter 4 | [aaguid 16 | length 2 | credential id | COSE key] | [one CBOR map].
 *
 * The flags are not evaluated. Genuine assertions carry AT (0x40) without attested data, and iOS 27 appends its map with
 * ED (0x80) set on devices and clear in Apple's own sample; so what remains after the fixed part decides.
 */
import { RequestError } from '@assay/core';
import { type CborMap, parseCbor, parseCborPrefix, readUint32 } from '@assay/formats';
import { mapOf } from '../shared/members.ts';

const HEADER_LENGTH = 37;
const AAGUID_LENGTH = 16;
const CREDENTIAL_START = HEADER_LENGTH + AAGUID_LENGTH + 2;

export interface AuthenticatorHeader {
  readonly rpIdHash: Uint8Array;
  /** Unsigned 32-bit. */
  readonly counter: number;
}

export interface AssertionAuthenticatorData extends AuthenticatorHeader {
  /** Empty when the device sends no map (before iOS 27). */
  readonly extensions: CborMap;
}

export interface AttestationAuthenticatorData extends AssertionAuthenticatorData {
  readonly aaguid: Uint8Array;
  readonly credentialId: Uint8Array;
  readonly coseKey: CborMap;
}

/** @throws RequestError `evidence.too_short`, `evidence.member_unexpected`, `cbor.*` */
export function parseAssertionData(bytes: Uint8Array): AssertionAuthenticatorData {
  assertLength(bytes, HEADER_LENGTH);
  return { ...header(bytes), extensions: extensionsAfter(bytes, HEADER_LENGTH) };
}

/** @throws RequestError `evidence.too_short`, `evidence.member_unexpected`, `cbor.*` */
export function parseAttestationData(bytes: Uint8Array): AttestationAuthenticatorData {
  assertLength(bytes, CREDENTIAL_START);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const credentialEnd = CREDENTIAL_START + view.getUint16(CREDENTIAL_START - 2);
  assertLength(bytes, credentialEnd + 1);
  const key = parseCborPrefix(bytes, credentialEnd);
  return {
    ...header(bytes),
    aaguid: bytes.subarray(HEADER_LENGTH, HEADER_LENGTH + AAGUID_LENGTH),
    credentialId: bytes.subarray(CREDENTIAL_START, credentialEnd),
    coseKey: mapOf(key.value, 'COSE key'),
    extensions: extensionsAfter(bytes, key.end),
  };
}

function header(bytes: Uint8Array): AuthenticatorHeader {
  return { rpIdHash: bytes.subarray(0, 32), counter: readUint32(bytes, 33) };
}

function extensionsAfter(bytes: Uint8Array, end: number): CborMap {
  if (bytes.length === end) return new Map();
  return mapOf(parseCbor(bytes.subarray(end)), 'extensions');
}

function assertLength(bytes: Uint8Array, min: number): void {
  if (bytes.length >= min) return;
  throw new RequestError('evidence.too_short', 'the authenticator data ends early', {
    expected: `at least ${min} bytes`,
    found: `${bytes.length} bytes`,
  });
}

import { parseCbor } from '@assay/formats';
import { assertSize, bytesListMember, bytesMember, mapMember, mapOf, textMember } from '../../shared/members.ts';

/** Genuine objects have 5.2 to 6.5 KB. */
const MAX_BYTES = 16 * 1024;

export interface AttestationObject {
  readonly format: string;
  /** DER certificates as sent, leaf first. */
  readonly x5c: readonly Uint8Array[];
  readonly receipt: Uint8Array;
  /** The exact bytes, which the nonce covers. */
  readonly authenticatorData: Uint8Array;
}

/** @throws RequestError `cbor.*`, `evidence.too_large`, `evidence.member_unexpected` */
export function parseAttestationObject(bytes: Uint8Array): AttestationObject {
  assertSize(bytes, MAX_BYTES);
  const object = mapOf(parseCbor(bytes), 'attestation object');
  const statement = mapMember(object, 'attStmt');
  return {
    format: textMember(object, 'fmt'),
    x5c: bytesListMember(statement, 'x5c'),
    receipt: bytesMember(statement, 'receipt'),
    authenticatorData: bytesMember(object, 'authData'),
  };
}

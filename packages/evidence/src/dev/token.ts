import { integer, object, type Reader, word } from '@assay/formats/shape';
import { readMembers } from '../shared/compact.ts';
import { decodeJws } from '../shared/jws.ts';

/** `typ` of `dev` evidence: says what it is, so that nothing else that the key signs can stand in for it (RFC 8725 3.11). */
export const DEV_TYPE = 'assay-dev+jwt';

/** What the grant key signs. Another member is a fault. */
export interface DevClaims {
  /** The text of the binding. */
  readonly binding: string;
  /** Id of the grant. */
  readonly grant: string;
  /** Epoch seconds. */
  readonly iat: number;
}

export const readDevClaims: Reader<DevClaims> = object({
  binding: word(64),
  grant: word(64),
  iat: integer(0, 253_402_300_799),
});

/**
 * The grant that a token names, to look its key up. Nothing is verified.
 *
 * @throws RequestError `evidence.*`, `base64.*`, `json.*`
 */
export function grantNamedBy(token: string): string {
  return readMembers(decodeJws(token).payload, readDevClaims).grant;
}

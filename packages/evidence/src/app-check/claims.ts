import { integer, list, object, type Reader, word } from '@assay/formats/shape';

/** Year 9999: what a date can hold. */
const MAX_SECONDS = 253_402_300_799;
const MAX_NAME = 255;
const seconds = integer(0, MAX_SECONDS);
const name = word(MAX_NAME);

/** What App Check says. Times are epoch seconds. */
export interface AppCheckClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  readonly iat: number;
  readonly exp: number;
  /** In tokens for limited use. */
  readonly jti?: string;
}

/** Members that are not asked for are ignored: Firebase adds some, such as `provider`. */
export const readClaims: Reader<AppCheckClaims> = object(
  { iss: name, sub: name, aud: list(name, 16, 1), iat: seconds, exp: seconds },
  { jti: name },
  { open: true },
);

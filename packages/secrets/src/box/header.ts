import { RequestError } from '@assay/core';
import { parseBase64url, parseStrictJson } from '@assay/formats';
import { type EcJwk, ecJwk, integer, object, oneOf, type Reader, raising, word } from '@assay/formats/shape';

/** The members of a box's protected header, all of them, no other (`docs/protocol.md`, Reply). */
export interface BoxHeader {
  readonly alg: 'ECDH-ES';
  readonly enc: 'A256GCM';
  readonly epk: EcJwk;
  /** Thumbprint of the app's encryption key E. */
  readonly kid: string;
  /** Hash of the request that the box answers; enters the key derivation. */
  readonly apu: string;
  /** Thumbprint of the instance key K; enters the key derivation. */
  readonly apv: string;
  /** `name@version`. */
  readonly sec: string;
  readonly iss: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly typ: 'assay-secret+jwe';
}

export const TYP = 'assay-secret+jwe' as const;
export const ALG = 'ECDH-ES' as const;
export const ENC = 'A256GCM' as const;

const MAX_HEADER_BYTES = 2048;

/** The members that are compared with what is expected need be no more than words. */
const compared = word(512);

const readHeader: Reader<BoxHeader> = object({
  alg: oneOf([ALG]),
  enc: oneOf([ENC]),
  typ: oneOf([TYP]),
  epk: ecJwk,
  kid: compared,
  apu: compared,
  apv: compared,
  sec: compared,
  iss: compared,
  exp: integer(0),
});

/**
 * Reads the protected header of a compact JWE, before any key is touched.
 *
 * @throws RequestError `secrets.box_malformed`, or a format's code.
 */
export function parseHeader(encoded: string): BoxHeader {
  const json = parseStrictJson(parseBase64url(encoded), { maxBytes: MAX_HEADER_BYTES, maxDepth: 2 });
  return raising(
    () => readHeader(json, '$'),
    ({ message }) =>
      new RequestError('secrets.box_malformed', 'the header of the box is not in its form', { expected: message }),
  );
}

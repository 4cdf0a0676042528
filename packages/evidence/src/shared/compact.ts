import { RequestError } from '@assay/core';
import { parseBase64url, parseStrictJson } from '@assay/formats';
import { type Reader, raising } from '@assay/formats/shape';

/** Vendors' tokens stay under 8 KiB; the wire admits no more than this. */
const MAX_TOKEN_CHARACTERS = 16_384;

/**
 * The parts of a compact JWS or JWE (RFC 7515 7.1, RFC 7516 7.1), none of them decoded yet.
 *
 * @throws RequestError `evidence.too_large`, `evidence.form_unsupported`
 */
export function splitCompact(token: string, parts: number): readonly string[] {
  if (token.length > MAX_TOKEN_CHARACTERS) {
    throw new RequestError('evidence.too_large', 'the token is larger than its kind ever is', {
      expected: `at most ${MAX_TOKEN_CHARACTERS} characters`,
      found: `${token.length} characters`,
    });
  }
  const found = token.split('.', parts + 1);
  if (found.length === parts) return found;
  throw new RequestError('evidence.form_unsupported', 'the token has another number of parts', {
    expected: `${parts} parts`,
    found: found.length > parts ? `more than ${parts}` : `${found.length}`,
  });
}

/** A base64url part of exactly so many bytes. Raises as parseBase64url, or RequestError `evidence.form_unsupported`. */
export function sizedPart(part: string | undefined, length: number): Uint8Array {
  const bytes = parseBase64url(part ?? '');
  if (bytes.length === length) return bytes;
  throw new RequestError('evidence.form_unsupported', 'a part of the token has another length', {
    expected: `${length} bytes`,
    found: `${bytes.length} bytes`,
  });
}

/** A protected header, as the reader demands it. Raises FormatError, or RequestError `evidence.member_unexpected`. */
export function readProtectedHeader<T>(part: string | undefined, read: Reader<T>): T {
  return readMembers(parseStrictJson(parseBase64url(part ?? ''), { maxDepth: 3, maxMembers: 64 }), read);
}

/** Decoded JSON, as the reader demands it. Raises RequestError `evidence.member_unexpected`. */
export function readMembers<T>(value: unknown, read: Reader<T>): T {
  return raising(
    () => read(value, '$'),
    ({ message }) =>
      new RequestError('evidence.member_unexpected', 'a member of the evidence is missing or of another type', {
        expected: message,
      }),
  );
}

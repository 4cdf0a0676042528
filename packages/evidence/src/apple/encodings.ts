import { hash } from 'node:crypto';
import { RequestError } from '@assay/core';
import { parseBase64, parseBase64url } from '@assay/formats';
import { decoding } from '../shared/decoding.ts';

/** How a client package hands out App Attest objects. The server never guesses: the request names its row. */
interface AppleEncoding {
  readonly decode: (text: string) => Uint8Array;
}

/** Rows by the request's `enc`. Packages whose output is alike still have a row each, so that one may change alone. */
const ENCODINGS: ReadonlyMap<string, AppleEncoding> = new Map([
  /** `@expo/app-integrity`: standard base64. */
  ['expo', { decode: parseBase64 }],
  /** `expo-app-integrity`, the older community package: standard base64. */
  ['expo-community', { decode: parseBase64 }],
  /** `@pagopa/io-react-native-integrity`: standard base64. */
  ['pagopa', { decode: parseBase64 }],
  /** Bytes that the SDK itself encodes: base64url. */
  ['b64u', { decode: parseBase64url }],
]);

/** The names that {@link decodeAppleEvidence} knows. */
export const APPLE_ENCODINGS: readonly string[] = [...ENCODINGS.keys()];

/** Base64 of 16 KiB, the largest object that any verifier here reads. */
const MAX_TEXT = 21_848;
const clause = 'protocol, evidence encodings';

/**
 * The bytes of an attestation or assertion object as a client package sends it.
 *
 * @throws RequestError `apple.encoding_unknown`, `apple.encoding_malformed`
 */
export function decodeAppleEvidence(enc: string, data: unknown): Uint8Array {
  const encoding = ENCODINGS.get(enc);
  if (encoding === undefined) {
    throw new RequestError('apple.encoding_unknown', 'the evidence names an encoding that is not known here', {
      clause,
      expected: APPLE_ENCODINGS.join(', '),
    });
  }
  if (typeof data !== 'string' || data.length > MAX_TEXT) {
    throw new RequestError('apple.encoding_malformed', 'App Attest evidence is one text of bounded length', {
      clause,
      expected: `text of at most ${MAX_TEXT} characters`,
    });
  }
  return decoding('apple.encoding_malformed', 'the evidence text', clause, () => encoding.decode(data));
}

/** The key identifier as Apple hands it out: standard base64 of 32 bytes. @throws RequestError `apple.key_id_malformed` */
export function parseKeyId(text: string): Uint8Array {
  const bytes = decoding('apple.key_id_malformed', 'the key identifier', clause, () => parseBase64(text));
  if (bytes.length === 32) return bytes;
  throw new RequestError('apple.key_id_malformed', 'the key identifier has another length', {
    clause,
    expected: '32 bytes',
    found: `${bytes.length} bytes`,
  });
}

/** What every listed package passes to Apple as `clientDataHash` for a challenge or client data text: its SHA-256. */
export function clientDataHashOf(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

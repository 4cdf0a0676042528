import { FormatError, parseBase64 } from '@assay/formats';
import { CLAUSE } from './clauses.ts';
import { malformed } from './reasons.ts';

/** How a client package hands out a chain. The server never guesses: the request names its row. */
type Decode = (data: unknown) => readonly Uint8Array[];

/** Rows by the request's `enc`. */
const ENCODINGS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  /** `@expo/app-integrity`: an array of base64 DER, leaf first. */
  ['expo-chain', fromList],
  /** `@pagopa/io-react-native-integrity`: base64 of base64 certificates with line breaks, joined by commas. */
  ['pagopa-chain', fromJoinedText],
  /** A native module that wraps its list: `{ "certChain": [base64 DER, …] }`. */
  ['edge-chain', fromCertChain],
]);

/** The names that {@link decodeKeyAttestation} knows. */
export const KEY_ATTESTATION_ENCODINGS: readonly string[] = [...ENCODINGS.keys()];

/** Base64 of base64 of six certificates of 4 KiB, with room for line breaks. */
const MAX_TEXT = 48 << 10;
const MAX_ENTRIES = 6;
const clause = CLAUSE.encodings;

/**
 * The DER certificates of a chain as a client package sends it, leaf first.
 *
 * @throws RequestError `android.encoding_unknown`, `android.encoding_malformed`
 */
export function decodeKeyAttestation(enc: string, data: unknown): readonly Uint8Array[] {
  const decode = ENCODINGS.get(enc);
  if (decode === undefined) {
    throw malformed('android.encoding_unknown', { clause, expected: KEY_ATTESTATION_ENCODINGS.join(', ') });
  }
  try {
    return decode(data);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw malformed('android.encoding_malformed', { ...error.detail, clause, found: error.code }, error);
  }
}

function fromList(data: unknown): readonly Uint8Array[] {
  if (!Array.isArray(data) || data.length > MAX_ENTRIES) throw unexpected(`a list of at most ${MAX_ENTRIES} texts`);
  return data.map((entry: unknown) => parseBase64(text(entry)));
}

function fromJoinedText(data: unknown): readonly Uint8Array[] {
  const certificates = Buffer.from(parseBase64(unwrapped(text(data))))
    .toString('latin1')
    .split(',');
  return fromList(certificates.map(unwrapped));
}

function fromCertChain(data: unknown): readonly Uint8Array[] {
  const hasChain = typeof data === 'object' && data !== null && 'certChain' in data && Object.keys(data).length === 1;
  if (!hasChain) throw unexpected('an object with the member certChain');
  return fromList(data.certChain);
}

function text(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_TEXT) return value;
  throw unexpected(`text of at most ${MAX_TEXT} characters`);
}

/** Android's default base64 breaks its lines, and ends with a line break. */
function unwrapped(wrapped: string): string {
  return wrapped.replace(/[\r\n]/g, '');
}

function unexpected(expected: string): Error {
  return malformed('android.encoding_malformed', { clause, expected });
}

import { type JsonObject, parseBase64url, parseStrictJson, toBase64url, utf8 } from '@assay/formats';
import { type EcJwk, ecJwk, object, oneOf } from '@assay/formats/shape';
import { fault, within } from '../fault.ts';
import type { TokensCode } from '../reasons.ts';

/** The one algorithm: ECDSA on P-256 with SHA-256, signature as r and s of 32 bytes each (RFC 7518 3.4). */
export const ALG = 'ES256';

const SIGNATURE_BYTES = 64;
const MAX_HEADER_BYTES = 1024;

/** `typ` of every kind of signed message: each says what it is, so that none can stand in for another (RFC 8725 3.11). */
export const TYPES = {
  request: 'assay-request+jwt',
  rekey: 'assay-rekey+jwt',
  reply: 'assay-reply+jwt',
  proof: 'dpop+jwt',
} as const;

/** The three parts of a compact JWS (RFC 7515 7.1), nothing of them verified. */
export interface CompactJws {
  readonly header: string;
  readonly payload: string;
  readonly signature: Uint8Array;
  /** `header.payload`, the ASCII text under the signature. */
  readonly signingInput: string;
}

/**
 * Splits a compact JWS of at most `maxLength` characters. Throws `code` for anything that is not three parts of canonical
 * base64url with a signature of 64 bytes.
 */
export function splitJws(text: string, maxLength: number, code: TokensCode = 'tokens.jws_malformed'): CompactJws {
  if (text.length > maxLength) throw fault(code, { expected: `at most ${maxLength} characters` });
  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first < 1 || second <= first + 1) throw fault(code, { expected: 'three parts' });
  const signature = within(code, () => parseBase64url(text.slice(second + 1)));
  if (signature.length !== SIGNATURE_BYTES) throw fault(code, { expected: 'a signature of 64 bytes' });
  return {
    header: text.slice(0, first),
    payload: text.slice(first + 1, second),
    signature,
    signingInput: text.slice(0, second),
  };
}

/** The text to be signed. */
export function toSigningInput(header: JsonObject, payload: Uint8Array): string {
  return `${toBase64url(utf8(JSON.stringify(header)))}.${toBase64url(payload)}`;
}

/** The compact form of a signed input. */
export function joinJws(signingInput: string, signature: Uint8Array): string {
  if (signature.length !== SIGNATURE_BYTES) throw new TypeError('an ES256 signature has 64 bytes, r then s');
  return `${signingInput}.${toBase64url(signature)}`;
}

/** The decoded payload of a split JWS. */
export function payloadOf(jws: CompactJws, code: TokensCode): Uint8Array<ArrayBuffer> {
  return within(code, () => parseBase64url(jws.payload));
}

/** Header of a message that names its own key. */
export function keyedHeader(typ: string, { kty, crv, x, y }: EcJwk): JsonObject {
  return { typ, alg: ALG, jwk: { kty, crv, x, y } };
}

/**
 * The key in a header of exactly `typ`, `alg` and `jwk`: no `kid`, `jku`, `x5c` or `crit` that could name another one
 * (RFC 8725 3.10).
 */
export function readKeyedHeader(encoded: string, typ: string, code: TokensCode = 'tokens.jws_malformed'): EcJwk {
  const read = object({ typ: oneOf([typ]), alg: oneOf([ALG]), jwk: ecJwk });
  return within(code, () => {
    const header = parseStrictJson(parseBase64url(encoded), { maxBytes: MAX_HEADER_BYTES, maxDepth: 2 });
    return read(header, '$').jwk;
  });
}

/** Signs with a key that may live in hardware: gets the bytes of the signing input, gives r then s, 64 bytes. */
export type Sign = (signingInput: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A compact JWS whose header names its own key. */
export async function createKeyedJws(typ: string, jwk: EcJwk, payload: Uint8Array, sign: Sign): Promise<string> {
  const signingInput = toSigningInput(keyedHeader(typ, jwk), payload);
  return joinJws(signingInput, await sign(utf8(signingInput)));
}

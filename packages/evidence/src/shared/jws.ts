/** A compact JWS (RFC 7515 7.1) out of its parts, verified with an algorithm that the caller fixes. */
import { type KeyObject, verify } from 'node:crypto';
import { type JsonValue, parseBase64url, parseStrictJson, utf8 } from '@assay/formats';
import { splitCompact } from './compact.ts';

/** Header and payload decoded, nothing of them verified. */
export interface DecodedJws {
  readonly header: JsonValue;
  readonly payload: JsonValue;
  readonly signature: Uint8Array;
  /** `header.payload`, the ASCII bytes under the signature. */
  readonly signingInput: Uint8Array;
}

const LIMITS = { maxDepth: 6, maxMembers: 256 };

/**
 * Decodes a compact JWS: canonical base64url, strict JSON.
 *
 * @throws RequestError `evidence.too_large`, `evidence.form_unsupported`, `base64.*`, `json.*`
 */
export function decodeJws(text: string): DecodedJws {
  const [header = '', payload = '', signature = ''] = splitCompact(text, 3);
  return {
    header: parseStrictJson(parseBase64url(header), LIMITS),
    payload: parseStrictJson(parseBase64url(payload), LIMITS),
    signature: parseBase64url(signature),
    signingInput: utf8(`${header}.${payload}`),
  };
}

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 3.3). By a key of another kind nothing is signed so (RFC 8725 3.1). */
export function isSignedRs256({ signingInput, signature }: DecodedJws, key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa' && verify('sha256', signingInput, key, signature);
}

/** ECDSA on P-256 with SHA-256, r then s (RFC 7518 3.4). By a key of another kind nothing is signed so (RFC 8725 3.1). */
export function isSignedEs256({ signingInput, signature }: DecodedJws, key: KeyObject): boolean {
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  return verify('sha256', signingInput, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

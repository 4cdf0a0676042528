import type { KeyObject } from 'node:crypto';
import type { Purpose } from '@assay/core';
import { equalBytes, toBase64url } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { type ChallengeKeys, type VerifiedChallenge, verifyChallenge } from './challenge.ts';
import { type EcKeys, importEcKey, sha256, thumbprint, thumbprintBytes } from './ec-keys.ts';
import { verifyEs256 } from './es256.ts';
import { fault } from './fault.ts';
import { parseChallenge } from './wire/challenge.ts';
import { fromPointText } from './wire/jwk.ts';
import { payloadOf, readKeyedHeader, splitJws, TYPES } from './wire/jws.ts';
import { CHALLENGES, type ChallengePurpose, PURPOSES, type PurposeRow } from './wire/purposes.ts';
import { type ParsedRequest, REQUEST_LIMITS } from './wire/request.ts';

export interface RequestContext {
  /** The issuer that is spoken for here; configured. */
  readonly iss: string;
  /** What this route takes. */
  readonly purposes: readonly Purpose[];
  readonly challengeKeys: ChallengeKeys;
  readonly keys: EcKeys;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Shortens the challenges' own ages. */
  readonly maxChallengeAgeSeconds?: number | undefined;
}

/** A request whose statement was said here, now, by the holder of K. Its evidence is not looked at yet. */
export interface VerifiedRequest extends ParsedRequest {
  readonly key: KeyObject;
  /** Thumbprint of K, base64url. */
  readonly jkt: string;
  readonly jktBytes: Uint8Array;
  /** The app's encryption key E; on the curve, and not K. */
  readonly encryptionKey: EcJwk;
  /** SHA-256 of the ASCII text of the request JWS: the reply's `rqh`, the redemption's request hash. */
  readonly requestHash: Uint8Array;
  readonly challenge: VerifiedChallenge;
}

/**
 * Verifies a parsed request, cheap steps before the key operation: challenge, signature by K, issuer, route, declared
 * evidence, encryption key, consent of the old key where a rekey brings it. A rekey without `cosign` must declare an
 * assertion of the registered App Attest key, which the caller verifies.
 *
 * @throws RequestError `tokens.purpose_mismatch`, `tokens.key_invalid`, `tokens.request_malformed`, those of
 * {@link verifyChallenge}; EvidenceError `tokens.request_signature_invalid`, `tokens.audience_mismatch`,
 * `tokens.evidence_undeclared`, `tokens.cosign_invalid`; ConfigError `tokens.list_empty`
 */
export function verifyRequest(request: ParsedRequest, context: RequestContext): VerifiedRequest {
  assertPurpose(request, context.purposes);
  const jktBytes = thumbprintBytes(request.jwk);
  const challenge = verifyRequestChallenge(request, jktBytes, context);
  const key = verifyRequestSignature(request, context.keys);
  assertAudience(request, context.iss);
  assertDeclaredEvidence(request);
  const requestHash = sha256(request.request);
  assertConsent(request, requestHash);
  const encryptionKey = readEncryptionKey(request);
  return { ...request, key, jkt: toBase64url(jktBytes), jktBytes, encryptionKey, requestHash, challenge };
}

function assertPurpose({ statement }: ParsedRequest, purposes: readonly Purpose[]): void {
  if (purposes.length === 0) throw fault('tokens.list_empty', { expected: 'purposes of the route' });
  if (!purposes.includes(statement.purpose)) throw fault('tokens.purpose_mismatch', { expected: purposes.join(', ') });
}

function verifyRequestChallenge(
  { statement }: ParsedRequest,
  jkt: Uint8Array,
  { iss, challengeKeys, at, maxChallengeAgeSeconds }: RequestContext,
): VerifiedChallenge {
  const purpose = kindOf(statement.challenge, PURPOSES[statement.purpose]);
  const bounds = { iss, app: statement.app, ...(CHALLENGES[purpose].bindsKey ? { jkt } : {}) };
  const context = { keys: challengeKeys, at, maxAgeSeconds: maxChallengeAgeSeconds };
  return verifyChallenge(statement.challenge, purpose, bounds, context);
}

/** Which of the kinds that a purpose takes the challenge says it is: under its MAC, so it cannot say so to live longer. */
function kindOf(challenge: string, { challenge: usual, asked }: PurposeRow): ChallengePurpose {
  return parseChallenge(challenge).purpose === CHALLENGES[asked].number ? asked : usual;
}

/**
 * The key of a request that it signed itself.
 *
 * @throws RequestError `tokens.key_invalid`; EvidenceError `tokens.request_signature_invalid`
 */
export function verifyRequestSignature(request: ParsedRequest, keys: EcKeys): KeyObject {
  const key = keys.import(request.jwk);
  const isSigned = verifyEs256(request.signingInput, request.signature, key);
  if (!isSigned) throw fault('tokens.request_signature_invalid');
  return key;
}

function assertAudience({ statement }: ParsedRequest, iss: string): void {
  if (statement.aud !== iss) throw fault('tokens.audience_mismatch', { expected: iss });
}

/** A piece taken away on the way is refused, not answered by a lower tier. */
function assertDeclaredEvidence({ statement, evidence }: ParsedRequest): void {
  const brought = evidence.map(({ role }) => role);
  if (brought.length === statement.ev.length && statement.ev.every((role, at) => role === brought[at])) return;
  throw fault('tokens.evidence_undeclared', { expected: statement.ev.join(', '), found: brought.join(', ') });
}

function assertConsent({ statement, cosign }: ParsedRequest, requestHash: Uint8Array): void {
  const needsCosign = statement.purpose === 'rekey' && !statement.ev.includes('apple-assert');
  if (cosign === undefined && needsCosign)
    throw fault('tokens.cosign_invalid', { expected: 'consent, or an assertion' });
  if (cosign === undefined) return;
  if (statement.old === undefined) throw fault('tokens.request_malformed', { expected: '$.cosign: in a rekey only' });
  verifyCosign(cosign, statement.old, requestHash);
}

/**
 * Verifies that the key named `old` (base64url thumbprint) signed the hash of the request that replaces it.
 *
 * @throws RequestError `tokens.jws_malformed`, `tokens.key_invalid`; EvidenceError `tokens.cosign_invalid`
 */
export function verifyCosign(cosign: string, old: string, requestHash: Uint8Array): void {
  const jws = splitJws(cosign, REQUEST_LIMITS.cosignCharacters);
  const jwk = readKeyedHeader(jws.header, TYPES.rekey);
  if (thumbprint(jwk) !== old) throw fault('tokens.cosign_invalid', { expected: 'the key that the statement names' });
  const isConsent = equalBytes(payloadOf(jws, 'tokens.jws_malformed'), requestHash);
  if (!isConsent || !verifyEs256(jws.signingInput, jws.signature, importEcKey(jwk)))
    throw fault('tokens.cosign_invalid');
}

/** E must be a key of its own: K never takes part in key agreement. */
function readEncryptionKey({ statement, jwk }: ParsedRequest): EcJwk {
  const encryptionKey = fromPointText(statement.enc);
  importEcKey(encryptionKey);
  if (encryptionKey.x === jwk.x) throw fault('tokens.key_invalid', { expected: 'an encryption key other than K' });
  return encryptionKey;
}

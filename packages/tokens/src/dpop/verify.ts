import type { KeyObject } from 'node:crypto';
import { concat, lengthPrefixed, parseBase64url, parseStrictJson, toBase64url, utf8 } from '@assay/formats';
import { type EcKeys, sha256, textHash, thumbprint } from '../ec-keys.ts';
import { verifyEs256 } from '../es256.ts';
import { fault, within } from '../fault.ts';
import { payloadOf, readKeyedHeader, splitJws, TYPES } from '../wire/jws.ts';
import { PROOF_LIMITS, type ProofClaims, readProofClaims, toTarget } from '../wire/proof.ts';
import type { Nonces } from './nonces.ts';
import type { ReplayMemory } from './replay.ts';

/** Seconds that an `iat` may lie in the past or the future where no nonce tells the time. */
export const PROOF_AGE_SECONDS = 60;
export const PROOF_FUTURE_SECONDS = 5;

/** How a place judges proofs. */
export interface ProofRules {
  /**
   * `required`: a proof must hold a nonce, so none can be made in advance. `offered`: the time in the proof will do, until
   * its key was given a nonce.
   */
  readonly nonce: 'required' | 'offered';
  readonly nonces: Nonces;
  readonly replay: ReplayMemory;
  readonly keys: EcKeys;
}

/** The request that the proof came with. */
export interface ProvenRequest {
  readonly method: string;
  /** Public origin and the very path that routing uses; query and fragment do not count. */
  readonly url: string;
  /** The query as it came, without its question mark: a proof that names one names this one. */
  readonly query: string;
  /** Issuer of the token and thumbprint of the key it is bound to. */
  readonly iss: string;
  readonly jkt: string;
  /** The token in `Authorization`, the user's or ours: `ath` must cover it. */
  readonly accessToken?: string | undefined;
  /** The token in `OAuth-Client-Attestation`: `att_h` must cover it. */
  readonly attestation?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Takes proofs of foreign clients, which do not cover the attestation token: an older, better one can be swapped in. */
  readonly dangerouslyAcceptUncoveredAttestation?: boolean;
}

export interface VerifiedProof {
  readonly claims: ProofClaims;
  /** Whether the server's own nonce tells how fresh it is, rather than the clock of the device. */
  readonly isFreshByNonce: boolean;
}

/**
 * Verifies a DPoP proof (RFC 9449 4.3, with `docs/protocol.md`, API side): form, key, signature, method, target, freshness,
 * covered tokens, and last that it was not used before.
 *
 * @throws RequestError `tokens.proof_malformed`, `tokens.target_ambiguous`, `tokens.proof_nonce_required`,
 * `tokens.proof_nonce_invalid`; EvidenceError `tokens.proof_*`; UpstreamError `tokens.replay_memory_full`
 */
export async function verifyProof(proof: string, request: ProvenRequest, rules: ProofRules): Promise<VerifiedProof> {
  const claims = verifySigned(proof, request.jkt, rules.keys);
  assertTarget(claims, request);
  const until = freshUntil(claims, request, rules);
  assertCovers(claims, request);
  const isNew = await rules.replay.remember(replayKey(request, claims.jti), until, request.jkt);
  if (!isNew) throw fault('tokens.proof_replayed');
  return { claims, isFreshByNonce: claims.nonce !== undefined };
}

function verifySigned(proof: string, jkt: string, keys: EcKeys): ProofClaims {
  const jws = splitJws(proof, PROOF_LIMITS.characters, 'tokens.proof_malformed');
  const jwk = readKeyedHeader(jws.header, TYPES.proof, 'tokens.proof_malformed');
  const payload = payloadOf(jws, 'tokens.proof_malformed');
  const claims = within('tokens.proof_malformed', () =>
    readProofClaims(parseStrictJson(payload, { maxBytes: PROOF_LIMITS.payloadBytes, maxDepth: 4 }), '$'),
  );
  if (thumbprint(jwk) !== jkt) throw fault('tokens.proof_key_mismatch');
  const key: KeyObject = keys.import(jwk);
  if (!verifyEs256(jws.signingInput, jws.signature, key)) throw fault('tokens.proof_signature_invalid');
  return claims;
}

function assertTarget(claims: ProofClaims, request: ProvenRequest): void {
  if (claims.htm !== request.method) throw fault('tokens.proof_method_mismatch', { expected: request.method });
  if (toTarget(claims.htu) !== toTarget(request.url)) throw fault('tokens.proof_target_mismatch');
  // Foreign clients do not name it (RFC 9449 4.2), and whoever strips the claim breaks the signature.
  const isOther = claims.qry_h !== undefined && claims.qry_h !== textHash(request.query);
  if (isOther) throw fault('tokens.proof_query_mismatch');
}

/** When the proof stops being acceptable: so long its `jti` must be remembered. */
function freshUntil(claims: ProofClaims, { at, jkt }: ProvenRequest, { nonce, nonces }: ProofRules): number {
  if (claims.nonce !== undefined) return nonces.verify(claims.nonce);
  if (nonce === 'required' || nonces.wasGiven(jkt)) throw fault('tokens.proof_nonce_required');
  const ageMs = at - claims.iat * 1000;
  if (ageMs > PROOF_AGE_SECONDS * 1000 || ageMs < -PROOF_FUTURE_SECONDS * 1000) throw fault('tokens.proof_expired');
  return (claims.iat + PROOF_AGE_SECONDS) * 1000;
}

/** One proof ties user, app and request together: a token swapped for another one no longer fits. */
function assertCovers(claims: ProofClaims, request: ProvenRequest): void {
  if (!covers(claims.ath, request.accessToken)) throw fault('tokens.proof_token_mismatch');
  const isTolerated = request.dangerouslyAcceptUncoveredAttestation === true && claims.att_h === undefined;
  if (!isTolerated && !covers(claims.att_h, request.attestation)) throw fault('tokens.proof_attestation_mismatch');
}

/** A hash without its token is a misfit as well: the token was taken away. */
function covers(hash: string | undefined, token: string | undefined): boolean {
  return hash === (token === undefined ? undefined : textHash(token));
}

function replayKey({ iss, jkt }: ProvenRequest, jti: string): string {
  return toBase64url(sha256(concat(lengthPrefixed(utf8(iss)), parseBase64url(jkt), utf8(jti))));
}

import { createApiKey, decoyToken, goodHeaders, NOW, proofFor, SEALED, sealedTokenFor, tokenFor } from './kit.ts';
import { badToken, bent, denied, nonceNeeded, type RefusalRow, required, stale, withToken } from './refusal-row.ts';

/** Refusals by what a route demands of a token, and of sealed tokens. */
export const POLICY_REFUSALS: readonly RefusalRow[] = [
  // 6: the route's policy, and revocation
  stale({
    name: 'a warning where the route takes affirmed devices only',
    extra: { tier: 'affirming' },
    headers: () => withToken(tokenFor({ tier: 'warning' })),
    code: 'middleware.tier_too_low',
  }),
  denied({
    name: 'a refused device where the route takes affirmed ones only',
    extra: { tier: 'affirming' },
    headers: () => withToken(tokenFor({ tier: 'none' })),
    code: 'middleware.verdict_refused',
  }),
  stale({
    name: 'too low an assurance',
    extra: { acr: 'high' },
    headers: () => goodHeaders(),
    code: 'middleware.assurance_too_low',
  }),
  stale({
    name: 'platform evidence that is too old',
    extra: { maxAge: 59 },
    headers: () => goodHeaders(),
    code: 'middleware.evidence_stale',
  }),
  stale({
    name: 'an enrolment that is too old',
    extra: { maxEnrolmentAge: 3599 },
    headers: () => goodHeaders(),
    code: 'middleware.enrolment_stale',
  }),
  stale({
    name: 'a verdict that was given during an outage',
    headers: () => withToken(tokenFor({ degraded: ['vendor_unavailable'] })),
    code: 'middleware.degraded',
  }),
  denied({
    name: 'a key that the route does not accept',
    extra: { keyProtection: ['hardware'] },
    headers: () => withToken(tokenFor({ keyProtection: 'app_asserted' })),
    code: 'middleware.key_protection_refused',
  }),
  denied({
    name: 'a token whose verdict admits to nothing',
    headers: () => withToken(tokenFor({ tier: 'contraindicated' })),
    code: 'middleware.verdict_refused',
  }),
  denied({
    name: 'a revoked token',
    extra: { isRevoked: async () => true },
    headers: () => goodHeaders(),
    code: 'middleware.revoked',
  }),
  denied({
    name: 'an install that is let through, where the route takes none',
    extra: { unenforced: 'refuse', acr: 'high' },
    headers: () => withToken(tokenFor({ admitted: 'monitor', tier: 'contraindicated', assurance: 'none' })),
    code: 'middleware.unenforced',
  }),
  stale({
    name: 'an install that is let through, where the route asks for more than its token',
    extra: { acr: 'substantial' },
    headers: () => withToken(tokenFor({ admitted: 'forced_pass', assurance: 'high' })),
    code: 'middleware.assurance_too_low',
  }),
  // Sealed tokens
  badToken({
    name: 'a sealed token without a key to open it',
    headers: () => withToken(sealedTokenFor()),
    code: 'tokens.token_sealed',
  }),
  badToken({
    name: 'a readable token where sealed ones are wanted',
    extra: SEALED,
    headers: () => goodHeaders(),
    code: 'tokens.token_not_sealed',
  }),
  badToken({
    name: 'a token sealed to another API',
    extra: SEALED,
    headers: () => withToken(sealedTokenFor({}, NOW, createApiKey())),
    code: 'tokens.sealed_key_unknown',
  }),
  badToken({
    name: 'a sealed token with a bent tag',
    extra: SEALED,
    headers: () => withToken(bent(sealedTokenFor())),
    code: 'tokens.sealed_not_opened',
  }),
  badToken({
    name: 'a sealed token whose parts are none',
    extra: SEALED,
    headers: () => withToken('e30..AA.AA.AA'),
    code: 'tokens.sealed_malformed',
  }),
  badToken({
    name: 'the sealed token of a refused install, as any bad token',
    extra: SEALED,
    headers: () => withToken(decoyToken()),
    code: 'middleware.decoy_refused',
  }),
  badToken({
    name: 'a sealed token that the route asks more of, as any bad token',
    extra: { ...SEALED, acr: 'high' },
    headers: () => withToken(sealedTokenFor()),
    code: 'middleware.assurance_too_low',
  }),
  badToken({
    name: 'a sealed token that is revoked, as any bad token',
    extra: { ...SEALED, isRevoked: () => true },
    headers: () => withToken(sealedTokenFor()),
    code: 'middleware.revoked',
  }),
  badToken({
    name: 'a sealed token with the proof of another, as any bad token',
    extra: SEALED,
    headers: async () => [
      ['OAuth-Client-Attestation', sealedTokenFor()],
      ['DPoP', await proofFor({ attestation: sealedTokenFor() })],
    ],
    code: 'tokens.proof_attestation_mismatch',
  }),
  nonceNeeded({
    name: 'a sealed token with a proof without nonce, whatever the token says',
    extra: SEALED,
    headers: () => withToken(decoyToken(), { nonce: undefined }),
    code: 'tokens.proof_nonce_required',
  }),
  required({
    name: 'no token where sealed ones are wanted',
    extra: SEALED,
    headers: () => [],
    code: 'middleware.token_missing',
  }),
];

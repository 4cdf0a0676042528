import { defineReasons, type ErrorFamily, type Reason } from '@assay/core';

/** The public code that each reason is shown under; the reason itself stays with the operator. */
export const TOKENS_PROBLEMS = {
  'tokens.request_malformed': 'request_malformed',
  'tokens.request_too_large': 'request_too_large',
  'tokens.version_unsupported': 'version_unsupported',
  'tokens.statement_malformed': 'request_malformed',
  'tokens.jws_malformed': 'request_malformed',
  'tokens.key_invalid': 'request_malformed',
  'tokens.support_code_invalid': 'request_malformed',
  'tokens.challenge_malformed': 'request_malformed',
  'tokens.challenge_invalid': 'challenge_expired',
  'tokens.challenge_expired': 'challenge_expired',
  'tokens.challenge_from_future': 'challenge_expired',
  'tokens.challenge_purpose': 'challenge_purpose',
  'tokens.purpose_mismatch': 'request_malformed',
  'tokens.audience_mismatch': 'proof_invalid',
  'tokens.request_signature_invalid': 'proof_invalid',
  'tokens.evidence_undeclared': 'evidence_invalid',
  'tokens.cosign_invalid': 'proof_invalid',
  'tokens.reply_malformed': 'request_malformed',
  'tokens.reply_signature_invalid': 'proof_invalid',
  'tokens.reply_mismatch': 'proof_invalid',
  'tokens.token_malformed': 'invalid_token',
  'tokens.token_type_refused': 'invalid_token',
  'tokens.token_key_unknown': 'invalid_token',
  'tokens.token_signature_invalid': 'invalid_token',
  'tokens.token_issuer_mismatch': 'invalid_token',
  'tokens.token_audience_mismatch': 'invalid_token',
  'tokens.token_app_refused': 'attestation_denied',
  'tokens.token_expired': 'invalid_token',
  'tokens.token_not_yet_valid': 'invalid_token',
  'tokens.token_unbound': 'invalid_token',
  'tokens.token_bound_as_bearer': 'invalid_token',
  'tokens.token_sealed': 'invalid_token',
  'tokens.token_not_sealed': 'invalid_token',
  'tokens.sealed_malformed': 'invalid_token',
  'tokens.sealed_key_unknown': 'invalid_token',
  'tokens.sealed_not_opened': 'invalid_token',
  'tokens.proof_malformed': 'invalid_dpop_proof',
  'tokens.target_ambiguous': 'invalid_dpop_proof',
  'tokens.proof_key_mismatch': 'invalid_dpop_proof',
  'tokens.proof_signature_invalid': 'invalid_dpop_proof',
  'tokens.proof_method_mismatch': 'invalid_dpop_proof',
  'tokens.proof_target_mismatch': 'invalid_dpop_proof',
  'tokens.proof_query_mismatch': 'invalid_dpop_proof',
  'tokens.proof_expired': 'invalid_dpop_proof',
  'tokens.proof_nonce_required': 'use_dpop_nonce',
  'tokens.proof_nonce_invalid': 'use_dpop_nonce',
  'tokens.proof_token_mismatch': 'invalid_dpop_proof',
  'tokens.proof_attestation_mismatch': 'invalid_dpop_proof',
  'tokens.proof_replayed': 'invalid_dpop_proof',
  'tokens.replay_memory_full': 'overloaded',
  'tokens.jwks_unavailable': 'vendor_unavailable',
  'tokens.config_invalid': 'server_misconfigured',
  'tokens.list_empty': 'server_misconfigured',
  'tokens.key_ring_invalid': 'server_misconfigured',
  'tokens.reply_too_large': 'server_misconfigured',
} as const;

export type TokensCode = keyof typeof TOKENS_PROBLEMS;

interface Row {
  readonly family: ErrorFamily;
  readonly summary: string;
  readonly hint: string;
}

const row =
  (family: ErrorFamily) =>
  (summary: string, hint: string): Row => ({ family, summary, hint });

const request = row('request');
const evidence = row('evidence');
const upstream = row('upstream');
const config = row('config');

const SDK = 'Compare the message with the protocol page; the SDK never sends this, so look for a proxy or a probe.';
const CLOCK = 'Compare the clocks of the machines; a lasting burst points to replayed traffic.';
const PROBE = 'A genuine client never sends this; a burst of it is a probe.';
const SETUP = 'Repair the configuration that the message names.';

/** What was not so, per code. A published code never changes its meaning. */
const ROWS: Readonly<Record<TokensCode, Row>> = {
  'tokens.request_malformed': request('the request body is not in its form', SDK),
  'tokens.request_too_large': request('the request or one of its parts exceeds its limit', SDK),
  'tokens.version_unsupported': request(
    'the message has a version that is not spoken here',
    'Update the server, or the app when its version is no longer served.',
  ),
  'tokens.statement_malformed': request('the signed statement is not in its form', SDK),
  'tokens.jws_malformed': request('a signed message is not a compact JWS of the one form', SDK),
  'tokens.key_invalid': request('a public key is no point of the curve P-256', SDK),
  'tokens.support_code_invalid': request(
    'the support code is mistyped',
    'Ask the user to read the code again; its last character is a check.',
  ),
  'tokens.challenge_malformed': request('the challenge is not in its form', SDK),
  'tokens.challenge_invalid': request(
    'the challenge was not made here for this app and key',
    'Expected after a lost challenge key; else the challenge comes from another server, app or key.',
  ),
  'tokens.challenge_expired': request('the challenge is older than its purpose allows', CLOCK),
  'tokens.challenge_from_future': request('the challenge was issued in the future', CLOCK),
  'tokens.challenge_purpose': request('the challenge was made for another purpose', SDK),
  'tokens.purpose_mismatch': request('the purpose of the statement is not served here', SDK),
  'tokens.audience_mismatch': evidence('the statement is addressed to another issuer', PROBE),
  'tokens.request_signature_invalid': evidence('the statement is not signed by its key', PROBE),
  'tokens.evidence_undeclared': evidence(
    'the evidence is not what the statement declares, in its order',
    'A piece was taken away or added on the way: look for a proxy that rewrites bodies.',
  ),
  'tokens.cosign_invalid': evidence('the old key did not consent to this rekey', PROBE),
  'tokens.reply_malformed': upstream('the reply is not in its form', SDK),
  'tokens.reply_signature_invalid': upstream(
    'the reply is not signed by a reply key that is trusted',
    'Someone answers in the place of the server, or the pin root lacks its new reply key.',
  ),
  'tokens.reply_mismatch': upstream('the reply answers another request', PROBE),
  'tokens.token_malformed': request('the token is not in its form', PROBE),
  'tokens.token_type_refused': evidence('the token is of a kind that this place does not take', PROBE),
  'tokens.token_key_unknown': evidence(
    'the token names a signing key that the issuer does not publish',
    'Expected shortly after a key was revoked; else the token comes from another environment.',
  ),
  'tokens.token_signature_invalid': evidence('the token is not signed by its issuer', PROBE),
  'tokens.token_issuer_mismatch': evidence('the token comes from another issuer', PROBE),
  'tokens.token_audience_mismatch': evidence('the token is for another API', PROBE),
  'tokens.token_app_refused': evidence(
    'the token belongs to an app that is not in the list of this API',
    'Add the app to the list if it may call this API.',
  ),
  'tokens.token_expired': evidence('the token is past its expiry', CLOCK),
  'tokens.token_not_yet_valid': evidence('the token was issued in the future', CLOCK),
  'tokens.token_unbound': evidence('the token names no key and this place wants a bound one', PROBE),
  'tokens.token_bound_as_bearer': evidence(
    'the token is bound to a key and came without proof of it',
    'A copied token looks like this; so does a client that was not upgraded to send proofs.',
  ),
  'tokens.token_sealed': evidence(
    'the token is sealed and this API has no key to open it',
    'Give the verifier its decryptionKeys, or take encryptionKey out of the API’s registration.',
  ),
  'tokens.token_not_sealed': evidence(
    'the token can be read by everybody and this API takes sealed ones only',
    'Register the API’s encryptionKey with the issuer; plainTokens: accept bridges the change.',
  ),
  'tokens.sealed_malformed': request('the sealed token is not in its form', PROBE),
  'tokens.sealed_key_unknown': evidence(
    'the token is sealed to a key that this API does not have',
    'Keep the old decryption key until the last token to it has ended.',
  ),
  'tokens.sealed_not_opened': evidence('the sealed token does not open', PROBE),
  'tokens.proof_malformed': request('the proof is not in its form', SDK),
  'tokens.target_ambiguous': request(
    'the target address can be read in more than one way',
    'Use paths without encoded slashes, dot segments, empty segments or parameters.',
  ),
  'tokens.proof_key_mismatch': evidence('the proof is made by another key', PROBE),
  'tokens.proof_signature_invalid': evidence('the proof is not signed by its key', PROBE),
  'tokens.proof_method_mismatch': evidence('the proof is for another method', PROBE),
  'tokens.proof_target_mismatch': evidence(
    'the proof is for another address',
    'Compare the configured public origin with the address that apps call.',
  ),
  'tokens.proof_query_mismatch': evidence(
    'the proof is for another query',
    'Someone changed the query on the way; check before whatever adds parameters to it.',
  ),
  'tokens.proof_expired': evidence('the proof was not made just now', CLOCK),
  'tokens.proof_nonce_required': request('the proof holds no nonce', 'Expected once per client.'),
  'tokens.proof_nonce_invalid': request('the nonce is old or not from here', CLOCK),
  'tokens.proof_token_mismatch': evidence('the proof covers another access token', PROBE),
  'tokens.proof_attestation_mismatch': evidence(
    'the proof covers another attestation token, or none',
    'Foreign clients do not send att_h; admit them by name where that is acceptable.',
  ),
  'tokens.proof_replayed': evidence('the proof was used before', PROBE),
  'tokens.replay_memory_full': upstream(
    'the memory of used proofs, or the share of one key in it, is full',
    'Raise its capacity or share it: forgetting a proof would admit it again.',
  ),
  'tokens.jwks_unavailable': upstream(
    'the issuer’s keys cannot be had, or the last good copy is too old',
    'Check the way to the issuer’s JWKS; tokens are refused until it works.',
  ),
  'tokens.config_invalid': config('a setting cannot be served', SETUP),
  'tokens.list_empty': config('a list that admits is empty: nothing could be checked', SETUP),
  'tokens.key_ring_invalid': config(
    'the key ring has no active key, or two keys of one name',
    'Create or promote a key.',
  ),
  'tokens.reply_too_large': config(
    'the reply is larger than clients open',
    'Fewer or smaller secrets for one request, or a shorter chain of root documents.',
  ),
};

/** The reason codes of this package. */
export const TOKENS_REASONS: Readonly<Record<TokensCode, Reason>> = defineReasons(toRows());

function toRows(): Record<TokensCode, Omit<Reason, 'code'>> {
  const rows = Object.entries(ROWS).map(([code, each]) => [code, { ...each, class: 'evidence', action: 'retry' }]);
  return Object.fromEntries(rows) as Record<TokensCode, Omit<Reason, 'code'>>; // fromEntries forgets the keys, those of ROWS
}

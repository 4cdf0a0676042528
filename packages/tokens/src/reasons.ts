import { defineReasons, type ErrorFamily, type Reason } from '@assay/core';
import type { ApiProblemCode, ProblemCode } from './wire/problems.ts';

interface Row {
  readonly family: ErrorFamily;
  /** The public code that this reason is shown under; the reason itself stays with the operator. */
  readonly problem: ProblemCode | ApiProblemCode;
  readonly summary: string;
  readonly hint: string;
}

type Problem = Row['problem'];

const row =
  (family: ErrorFamily) =>
  (problem: Problem, summary: string, hint: string): Row => ({ family, problem, summary, hint });

const request = row('request');
const evidence = row('evidence');
const upstream = row('upstream');
const config = row('config');

const SDK = 'Compare the message with the protocol page; the SDK never sends this, so look for a proxy or a probe.';
const CLOCK = 'Compare the clocks of the machines; a lasting burst points to replayed traffic.';
const PROBE = 'A genuine client never sends this; a burst of it is a probe.';
const SETUP = 'Repair the configuration that the message names.';

/** What was not so, per code. A published code never changes its meaning. */
const ROWS = {
  'tokens.request_malformed': request('request_malformed', 'the request body is not in its form', SDK),
  'tokens.request_too_large': request('request_too_large', 'the request or one of its parts exceeds its limit', SDK),
  'tokens.version_unsupported': request(
    'version_unsupported',
    'the message has a version that is not spoken here',
    'Update the server, or the app when its version is no longer served.',
  ),
  'tokens.statement_malformed': request('request_malformed', 'the signed statement is not in its form', SDK),
  'tokens.jws_malformed': request('request_malformed', 'a signed message is not a compact JWS of the one form', SDK),
  'tokens.key_invalid': request('request_malformed', 'a public key is no point of the curve P-256', SDK),
  'tokens.support_code_invalid': request(
    'request_malformed',
    'the support code is mistyped',
    'Ask the user to read the code again; its last character is a check.',
  ),
  'tokens.challenge_malformed': request('request_malformed', 'the challenge is not in its form', SDK),
  'tokens.challenge_invalid': request(
    'challenge_expired',
    'the challenge was not made here for this app and key',
    'Expected after a lost challenge key; else the challenge comes from another server, app or key.',
  ),
  'tokens.challenge_expired': request('challenge_expired', 'the challenge is older than its purpose allows', CLOCK),
  'tokens.challenge_from_future': request('challenge_expired', 'the challenge was issued in the future', CLOCK),
  'tokens.challenge_purpose': request('challenge_purpose', 'the challenge was made for another purpose', SDK),
  'tokens.purpose_mismatch': request('request_malformed', 'the purpose of the statement is not served here', SDK),
  'tokens.audience_mismatch': evidence('proof_invalid', 'the statement is addressed to another issuer', PROBE),
  'tokens.request_signature_invalid': evidence('proof_invalid', 'the statement is not signed by its key', PROBE),
  'tokens.evidence_undeclared': evidence(
    'evidence_invalid',
    'the evidence is not what the statement declares, in its order',
    'A piece was taken away or added on the way: look for a proxy that rewrites bodies.',
  ),
  'tokens.cosign_invalid': evidence('proof_invalid', 'the old key did not consent to this rekey', PROBE),
  'tokens.reply_malformed': upstream('request_malformed', 'the reply is not in its form', SDK),
  'tokens.reply_signature_invalid': upstream(
    'proof_invalid',
    'the reply is not signed by a reply key that is trusted',
    'Someone answers in the place of the server, or the pin root lacks its new reply key.',
  ),
  'tokens.reply_mismatch': upstream('proof_invalid', 'the reply answers another request', PROBE),
  'tokens.token_malformed': request('invalid_token', 'the token is not in its form', PROBE),
  'tokens.token_type_refused': evidence('invalid_token', 'the token is of a kind that this place does not take', PROBE),
  'tokens.token_key_unknown': evidence(
    'invalid_token',
    'the token names a signing key that the issuer does not publish',
    'Expected shortly after a key was revoked; else the token comes from another environment.',
  ),
  'tokens.token_signature_invalid': evidence('invalid_token', 'the token is not signed by its issuer', PROBE),
  'tokens.token_issuer_mismatch': evidence('invalid_token', 'the token comes from another issuer', PROBE),
  'tokens.token_audience_mismatch': evidence('invalid_token', 'the token is for another API', PROBE),
  'tokens.token_app_refused': evidence(
    'attestation_denied',
    'the token belongs to an app that is not in the list of this API',
    'Add the app to the list if it may call this API.',
  ),
  'tokens.token_expired': evidence('invalid_token', 'the token is past its expiry', CLOCK),
  'tokens.token_not_yet_valid': evidence('invalid_token', 'the token was issued in the future', CLOCK),
  'tokens.token_unbound': evidence('invalid_token', 'the token names no key and this place wants a bound one', PROBE),
  'tokens.token_bound_as_bearer': evidence(
    'invalid_token',
    'the token is bound to a key and came without proof of it',
    'A copied token looks like this; so does a client that was not upgraded to send proofs.',
  ),
  'tokens.proof_malformed': request('invalid_dpop_proof', 'the proof is not in its form', SDK),
  'tokens.target_ambiguous': request(
    'invalid_dpop_proof',
    'the target address can be read in more than one way',
    'Use paths without encoded slashes, dot segments, empty segments or parameters.',
  ),
  'tokens.proof_key_mismatch': evidence('invalid_dpop_proof', 'the proof is made by another key', PROBE),
  'tokens.proof_signature_invalid': evidence('invalid_dpop_proof', 'the proof is not signed by its key', PROBE),
  'tokens.proof_method_mismatch': evidence('invalid_dpop_proof', 'the proof is for another method', PROBE),
  'tokens.proof_target_mismatch': evidence(
    'invalid_dpop_proof',
    'the proof is for another address',
    'Compare the configured public origin with the address that apps call.',
  ),
  'tokens.proof_expired': evidence('invalid_dpop_proof', 'the proof was not made just now', CLOCK),
  'tokens.proof_nonce_required': request('use_dpop_nonce', 'the proof holds no nonce', 'Expected once per client.'),
  'tokens.proof_nonce_invalid': request('use_dpop_nonce', 'the nonce is old or not from here', CLOCK),
  'tokens.proof_token_mismatch': evidence('invalid_dpop_proof', 'the proof covers another access token', PROBE),
  'tokens.proof_attestation_mismatch': evidence(
    'invalid_dpop_proof',
    'the proof covers another attestation token, or none',
    'Foreign clients do not send att_h; admit them by name where that is acceptable.',
  ),
  'tokens.proof_replayed': evidence('invalid_dpop_proof', 'the proof was used before', PROBE),
  'tokens.replay_memory_full': upstream(
    'overloaded',
    'the memory of used proofs is full',
    'Raise its capacity or share it: forgetting a proof would admit it again.',
  ),
  'tokens.jwks_unavailable': upstream(
    'vendor_unavailable',
    'the issuer’s keys cannot be had, or the last good copy is too old',
    'Check the way to the issuer’s JWKS; tokens are refused until it works.',
  ),
  'tokens.config_invalid': config('server_misconfigured', 'a setting cannot be served', SETUP),
  'tokens.list_empty': config('server_misconfigured', 'a list that admits is empty: nothing could be checked', SETUP),
  'tokens.key_ring_invalid': config(
    'server_misconfigured',
    'the key ring has no active key, or two keys of one name',
    'Create or promote a key.',
  ),
} as const satisfies Readonly<Record<string, Row>>;

export type TokensCode = keyof typeof ROWS;

/** The reason codes of this package. */
export const TOKENS_REASONS: Readonly<Record<TokensCode, Reason>> = defineReasons(
  mapRows(({ family, summary, hint }) => ({
    family,
    class: 'evidence' as const,
    action: 'retry' as const,
    summary,
    hint,
  })),
);

/** The public code that each reason is shown under. */
export const TOKENS_PROBLEMS: Readonly<Record<TokensCode, Problem>> = mapRows(({ problem }) => problem);

function mapRows<T>(to: (row: Row) => T): Record<TokensCode, T> {
  const rows = Object.entries(ROWS).map(([code, each]) => [code, to(each)]);
  return Object.fromEntries(rows) as Record<TokensCode, T>; // fromEntries forgets the keys, which are those of ROWS
}

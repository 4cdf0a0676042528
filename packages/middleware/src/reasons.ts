import { defineReasons, type ErrorFamily, type Reason, type RefusalClass } from '@assay/core';
import type { AnswerCode } from './answers.ts';

interface Row {
  readonly family: ErrorFamily | 'policy';
  /** The public code that this reason is shown under; the reason itself stays with the operator. */
  readonly problem: AnswerCode;
  readonly class: RefusalClass;
  readonly summary: string;
  readonly hint: string;
}

const row =
  (family: Row['family'], refusalClass: RefusalClass) =>
  (problem: AnswerCode, summary: string, hint: string): Row => ({
    family,
    problem,
    class: refusalClass,
    summary,
    hint,
  });

const request = row('request', 'evidence');
const config = row('config', 'evidence');
const evidence = row('evidence', 'evidence');
const device = row('policy', 'device');
const weak = row('policy', 'evidence');

const PROBE = 'A genuine client never sends this: look for a proxy that rewrites headers, or a probe.';

/** What was not so, per code. A published code never changes its meaning. */
const ROWS = {
  'middleware.options_invalid': config(
    'server_misconfigured',
    'an option of the verifier cannot be served',
    'Repair the option that the message names.',
  ),
  'middleware.check_crashed': config(
    'server_misconfigured',
    'the check stopped with a fault that is no decision',
    'Report it with the stack of the error: only the stage monitor let this request through.',
  ),
  'middleware.token_missing': request(
    'attestation_required',
    'the request carries no attestation token',
    'Expected from apps that are not yet upgraded; else from anything that is not the app. From every app: the `shape` of the ' +
      'verifier is not the one that the API is registered with.',
  ),
  'middleware.token_repeated': request('invalid_token', 'a header that holds a token stands more than once', PROBE),
  'middleware.token_in_two_places': request('invalid_token', 'two headers hold an attestation token', PROBE),
  'middleware.token_too_large': request('invalid_token', 'the token exceeds 4 KiB', PROBE),
  'middleware.authorization_malformed': request(
    'invalid_token',
    'Authorization is not a scheme and one token, so no proof can cover it',
    'Send the user’s token under Bearer or DPoP.',
  ),
  'middleware.proof_repeated': request('invalid_dpop_proof', 'the header DPoP stands more than once', PROBE),
  'middleware.proof_too_large': request('invalid_dpop_proof', 'the proof exceeds 2304 characters', PROBE),
  'middleware.proof_missing': evidence(
    'invalid_dpop_proof',
    'the token is bound to a key and no proof of it came along',
    'A copied token looks like this; so does a proxy that drops the header DPoP.',
  ),
  'middleware.proof_without_key': request(
    'invalid_dpop_proof',
    'a proof came with a token that is bound to no key',
    'Register the API for bound tokens, or do not send proofs to it.',
  ),
  'middleware.token_unbound': evidence(
    'invalid_token',
    'the token is bound to no key and this API takes bound tokens only',
    'Register the API for bound tokens; bearer tokens need dpop: optional.',
  ),
  'middleware.target_unreadable': request('invalid_dpop_proof', 'the request target is not a path with a query', PROBE),
  'middleware.target_rewritten': request(
    'invalid_dpop_proof',
    'the path that routing uses is not the one that was requested',
    'Check attestation before anything that rewrites addresses.',
  ),
  'middleware.method_overridden': request(
    'invalid_dpop_proof',
    'a header asks to treat the request as another method than the one that was proven',
    'Remove method overriding from clients and proxies.',
  ),
  'middleware.query_unproven': evidence(
    'invalid_dpop_proof',
    'the proof names no query, and the route takes proven queries only',
    'Foreign clients and older apps send no qry_h: let them call routes that do not ask for it.',
  ),
  'middleware.body_unproven': evidence(
    'invalid_dpop_proof',
    'the proof names no body, and the route takes proven bodies only',
    'Foreign clients and older apps send no bod_h: let them call routes that do not ask for it.',
  ),
  'middleware.body_mismatch': evidence(
    'invalid_dpop_proof',
    'the body is not the one that was signed',
    'Somebody changed it on the way. From every app: something before the check has read or decoded the body.',
  ),
  'middleware.body_too_large': request(
    'request_too_large',
    'the body is longer than the route holds in memory to compare it',
    'Raise bodyLimit of the route if its bodies are meant to be that long.',
  ),
  'middleware.body_unread': config(
    'server_misconfigured',
    'the route takes proven bodies only, and the adapter has no octets to compare',
    'Hand the octets to the check: express.raw() before it, or the fourth argument of fromNode. Nothing may read them before it.',
  ),
  'middleware.token_ended': weak(
    'invalid_token',
    'the token has expired since the request began',
    'Expected of streams.',
  ),
  'middleware.nonce_required': weak(
    'use_dpop_nonce',
    'this route wants a proof with a nonce',
    'Expected once per client.',
  ),
  'middleware.verdict_refused': device(
    'attestation_denied',
    'the token carries a verdict that admits to nothing',
    'Look at the appraisal: the issuer should not have issued this token.',
  ),
  'middleware.decoy_refused': device(
    'attestation_denied',
    'the issuer refused this install and gave it a sealed token that says so',
    'Expected of sealed tokens: count it for each instance. Its appraisal names the rules.',
  ),
  'middleware.unenforced': device(
    'attestation_denied',
    'the issuer’s policy refuses the install, and a roll-out or an order lets it through',
    'Expected until the policy is enforced; unenforced: accept lets a route take such tokens.',
  ),
  'middleware.tier_too_low': weak(
    'use_fresh_attestation',
    'the policy warned about the device, and the route takes affirmed ones only',
    'Look at the appraisal: its reasons name the rules that warned.',
  ),
  'middleware.assurance_too_low': weak(
    'use_fresh_attestation',
    'the assurance is below what the route demands',
    'Compare the acr of the route with what the policy gives to this app.',
  ),
  'middleware.key_protection_refused': device(
    'attestation_denied',
    'the key is kept in a way that the route does not accept',
    'iOS keys are app_asserted: list it where such phones may call.',
  ),
  'middleware.evidence_stale': weak(
    'use_fresh_attestation',
    'the platform evidence is older than the route allows',
    'Expected: the app answers with a refresh.',
  ),
  'middleware.enrolment_stale': weak(
    'use_fresh_attestation',
    'the attestation of the key is older than the route allows',
    'Expected: the app answers with a rekey. Rare demands spare the platform’s key budgets.',
  ),
  'middleware.degraded': weak(
    'use_fresh_attestation',
    'the verdict was given while a vendor could not be asked',
    'Expected during outages; degraded: accept lets a route take such tokens.',
  ),
  'middleware.revoked': device('attestation_denied', 'the token, its key or its app version is revoked', 'Expected.'),
} as const satisfies Readonly<Record<string, Row>>;

export type MiddlewareCode = keyof typeof ROWS;

/** The reason codes of this package. */
export const MIDDLEWARE_REASONS: Readonly<Record<MiddlewareCode, Reason>> = defineReasons(
  mapRows(({ family, class: refusalClass, summary, hint }) => ({
    family,
    class: refusalClass,
    action: 'retry' as const,
    summary,
    hint,
  })),
);

/** The public code that each reason is shown under. */
export const MIDDLEWARE_PROBLEMS: Readonly<Record<MiddlewareCode, AnswerCode>> = mapRows(({ problem }) => problem);

function mapRows<T>(to: (row: Row) => T): Record<MiddlewareCode, T> {
  const rows = Object.entries(ROWS).map(([code, each]) => [code, to(each)]);
  return Object.fromEntries(rows) as Record<MiddlewareCode, T>; // fromEntries forgets the keys, which are those of ROWS
}

import { TOKENS_PROBLEMS } from '@assay/tokens';

/** What callers are shown for the middleware's own reasons that attacks expect. */
const OF_MIDDLEWARE: Readonly<Record<string, string>> = {
  'middleware.proof_missing': 'invalid_dpop_proof',
  'middleware.proof_repeated': 'invalid_dpop_proof',
  'middleware.target_unreadable': 'invalid_dpop_proof',
  'middleware.method_overridden': 'invalid_dpop_proof',
  'middleware.body_mismatch': 'invalid_dpop_proof',
  'middleware.token_repeated': 'invalid_token',
  'middleware.token_in_two_places': 'invalid_token',
  'middleware.revoked': 'attestation_denied',
};

const PUBLIC: Readonly<Record<string, string>> = { ...TOKENS_PROBLEMS, ...OF_MIDDLEWARE };

/** What stands in the answer for an operator's code; the code itself where callers are shown no other. */
export function publicCodeOf(code: string): string {
  return (Object.hasOwn(PUBLIC, code) ? PUBLIC[code] : undefined) ?? code;
}

import { defineReasons } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'retry' } as const;

const KEY_HINT = 'Check that the simulator or the CI job holds the key of this grant.';

/** Every reason code of the verifier of `dev` evidence. */
export const DEV_REASONS = defineReasons({
  'dev.token_malformed': {
    ...{ family: 'request', class: 'evidence', action: 'retry' },
    summary: 'The token is not a compact JWS with the members of `dev` evidence.',
    hint: 'Look at the inner code; docs/verification/dev.md shows the form.',
  },
  'dev.header_unexpected': {
    ...EVIDENCE,
    summary: 'The header of the token is not ES256, assay-dev+jwt, and nothing else.',
    hint: 'docs/verification/dev.md shows the form.',
  },
  'dev.grant_mismatch': {
    ...EVIDENCE,
    summary: 'The token names another grant than the one whose key is at hand.',
    hint: KEY_HINT,
  },
  'dev.signature_invalid': {
    ...EVIDENCE,
    summary: 'The signature does not hold under the key of the grant.',
    hint: KEY_HINT,
  },
  'dev.binding_mismatch': {
    ...EVIDENCE,
    summary: 'The token was made for another statement.',
    hint: 'Make a token for each statement; one cannot be used twice.',
  },
  'dev.stale': {
    ...EVIDENCE,
    summary: 'The token was made too long ago, or by a clock that is ahead.',
    hint: 'Compare the clocks of the machine and of the server.',
  },
  'dev.grant_expired': {
    ...EVIDENCE,
    summary: 'The grant has ended.',
    hint: 'Make a new one with `assay dev grant`.',
  },
  'dev.grant_key_unusable': {
    ...{ family: 'config', class: 'evidence', action: 'retry' },
    summary: 'The stored key of the grant is not a point of P-256.',
    hint: 'Revoke the grant and make a new one.',
  },
});

import { ConfigError, type Detail, defineReasons, EvidenceError } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'retry' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

/** Every reason code of the Play Integrity verifier. */
export const PLAY_REASONS = defineReasons({
  'play.token_malformed': {
    ...REQUEST,
    summary: 'The token is not the compact JWE that Play gives out.',
    hint: 'Send the token as the Play library returned it; a token of three parts is not encrypted and was never by Play.',
  },
  'play.encryption_refused': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The token names another encryption than A256KW with A256GCM.',
    hint: 'Treat the token as forged.',
  },
  'play.decryption_failed': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The token does not open with the decryption key of this app.',
    hint: 'Compare the key with the Play Console: Google may manage the keys, or the token is of another app or track.',
  },
  'play.jws_malformed': {
    ...REQUEST,
    summary: 'What the token encrypts is not a compact JWS.',
    hint: 'The decryption key is known to whoever made it; treat the token as forged.',
  },
  'play.algorithm_refused': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The verdict is signed with another algorithm than ES256, or not at all.',
    hint: 'Treat the token as forged.',
  },
  'play.signature_invalid': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The verdict was not signed by the key that Play signs with for this app.',
    hint: 'Compare the verification key with the Play Console; otherwise treat the token as forged.',
  },
  'play.payload_malformed': {
    ...REQUEST,
    summary: 'The verdict cannot be decoded.',
    hint: 'Look at the detail; keep the shape of the verdict and report it, since Google may have changed it.',
  },
  'play.request_package_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The token was requested by a package that is none of the expected ones.',
    hint: 'Compare the package name of this build with the registered one.',
  },
  'play.binding_mismatch': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The token was requested for another requestHash or nonce.',
    hint: 'Check that the app passes the binding text unchanged, to the kind of request that it says; else it is a replay.',
  },
  'play.timestamp_missing': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The verdict does not say when it was requested.',
    hint: 'Treat the token as useless: its age cannot be judged.',
  },
  'play.stale': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The token is older than it may be.',
    hint: 'Request a token for each statement, and compare the clock of this server.',
  },
  'play.from_future': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The token was made later than now.',
    hint: 'Compare the clock of this server.',
  },
  'play.package_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The app that Play saw is not the package that requested the token.',
    hint: 'Treat the app as repackaged.',
  },
  'play.signer_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The app that Play saw is signed by a certificate that is not expected.',
    hint: 'Register the digest of the app signing key from the Play Console, not the upload key.',
  },
  'play.apps_empty': {
    ...CONFIG,
    summary: 'The list of expected apps, or the list of signing digests of one, is empty.',
    hint: 'Register the package name and its signing digests.',
  },
  'play.signer_digest_malformed': {
    ...CONFIG,
    summary: 'An expected signing digest is not a SHA-256 in lower-case hex.',
    hint: 'Write 64 digits without colons.',
  },
  'play.binding_empty': {
    ...CONFIG,
    summary: 'The expected requestHash or nonce is empty, which any token without one would match.',
    hint: 'Pass the binding of the request.',
  },
  'play.keys_missing': {
    ...CONFIG,
    summary: 'A token is to be opened here, and its keys are not configured.',
    hint: "Configure both keys from the Play Console, or have the token decoded by Google's endpoint.",
  },
  'play.keys_malformed': {
    ...CONFIG,
    summary: 'The decryption key is not 32 bytes, or the verification key is no P-256 key.',
    hint: 'Copy both keys from the Play Console: base64 of an AES-256 key, and base64 of a SubjectPublicKeyInfo.',
  },
});

export type PlayCode = keyof typeof PLAY_REASONS;

/** The device's proof does not hold. The message is the registered summary. */
export function refused(code: PlayCode, detail: Detail, cause?: unknown): EvidenceError {
  return new EvidenceError(code, PLAY_REASONS[code].summary, detail, { cause });
}

/** The operator's configuration cannot be served. */
export function misconfigured(code: PlayCode, detail: Detail = {}): ConfigError {
  const { summary, hint } = PLAY_REASONS[code];
  return new ConfigError(code, summary, { hint, ...detail });
}

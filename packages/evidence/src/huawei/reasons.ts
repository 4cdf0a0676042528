import { ConfigError, type Detail, defineReasons, EvidenceError, RequestError } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'retry' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

/** Every reason code of the verifiers of Huawei's evidence. */
export const HUAWEI_REASONS = defineReasons({
  'huawei.token_malformed': {
    ...REQUEST,
    summary: 'The result is not the compact JWS with certificates that Huawei gives out.',
    hint: 'Send the result as the kit returned it.',
  },
  'huawei.algorithm_refused': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The result is signed with an algorithm that this service does not use, or not at all.',
    hint: 'Treat the result as forged. If Huawei announced another algorithm, it has to be added here.',
  },
  'huawei.chain_length': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The result brings another number of certificates than this service sends.',
    hint: 'Compare the kit that made the result with the kind of evidence that the request names.',
  },
  'huawei.certificate_malformed': {
    ...REQUEST,
    summary: 'A certificate of the result cannot be decoded.',
    hint: 'Look at the offset in the detail; send the result as the kit returned it.',
  },
  'huawei.payload_malformed': {
    ...REQUEST,
    summary: 'What the result says cannot be decoded.',
    hint: 'Look at the detail; keep the shape of the result and report it, since Huawei may have changed it.',
  },
  'huawei.nonce_mismatch': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The result was made for another nonce.',
    hint: 'Check that the app passes the binding text unchanged; otherwise treat it as a replay.',
  },
  'huawei.timestamp_missing': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The result does not say when it was made.',
    hint: 'Treat the result as useless: its age cannot be judged.',
  },
  'huawei.stale': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The result is older than it may be.',
    hint: 'Ask the kit for each statement, and compare the clock of this server.',
  },
  'huawei.from_future': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The result was made later than now.',
    hint: 'Compare the clock of this server.',
  },
  'huawei.package_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The result is about a package that is none of the expected ones.',
    hint: 'Compare the package or bundle name of this build with the registered one.',
  },
  'huawei.signer_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The app is signed by a certificate that is not expected, or the result does not name one.',
    hint: 'Register the SHA-256 digest of the signing certificate as AppGallery Connect shows it.',
  },
  'huawei.app_id_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The result was made for another app id of AppGallery Connect.',
    hint: 'Compare the app id that the app passes to the kit with the registered one.',
  },
  'huawei.host_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The signer is not the integrity service: its certificate is for another name.',
    hint: 'Treat the result as forged, whatever root its certificates lead to.',
  },
  'huawei.signer_key_refused': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The key of the signer is of another kind than the algorithm that the result names, or for another use.',
    hint: 'Treat the result as forged.',
  },
  'huawei.signature_invalid': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The result was not signed by the certificate that it brings.',
    hint: 'Treat the result as forged or damaged.',
  },
  'huawei.key_attestation_unverifiable': {
    ...EVIDENCE,
    action: 'stop',
    summary:
      'HUKS key attestations cannot be verified here: Huawei publishes neither their roots nor a revocation list.',
    hint: 'Have the app send the result of the system integrity check instead, role harmony-integrity.',
  },
  'huawei.apps_empty': {
    ...CONFIG,
    summary: 'The list of expected apps, or the list of signing digests of one, is empty.',
    hint: 'Register the package or bundle name and its signing digests.',
  },
  'huawei.signer_digest_malformed': {
    ...CONFIG,
    summary: 'An expected signing digest is not a SHA-256 in hex or base64.',
    hint: 'Write 64 hexadecimal digits without colons, or 44 characters of base64.',
  },
  'huawei.nonce_empty': {
    ...CONFIG,
    summary: 'The expected nonce is empty, which any result without one would match.',
    hint: 'Pass the binding of the request.',
  },
});

export type HuaweiCode = keyof typeof HUAWEI_REASONS;

/** The device's proof does not hold. The message is the registered summary. */
export function refused(code: HuaweiCode, detail: Detail): EvidenceError {
  return new EvidenceError(code, HUAWEI_REASONS[code].summary, detail);
}

/** The client's input is not what it must be. */
export function malformed(code: HuaweiCode, detail: Detail, cause?: unknown): RequestError {
  return new RequestError(code, HUAWEI_REASONS[code].summary, detail, { cause });
}

/** The operator's configuration cannot be served. */
export function misconfigured(code: HuaweiCode, detail: Detail = {}): ConfigError {
  const { summary, hint } = HUAWEI_REASONS[code];
  return new ConfigError(code, summary, { hint, ...detail });
}

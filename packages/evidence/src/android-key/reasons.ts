import { ConfigError, type Detail, defineReasons, EvidenceError, RequestError } from '@assay/core';

const EVIDENCE = { family: 'evidence', class: 'evidence' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'stop' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

/** Every reason code of the Android Key Attestation verifier. */
export const ANDROID_KEY_REASONS = defineReasons({
  'android.chain_size': {
    ...REQUEST,
    summary: 'The chain has too few or too many certificates, or one of them is larger than genuine ones ever are.',
    hint: 'Send the chain of the keystore as it is: leaf first, one certificate per entry.',
  },
  'android.certificate_malformed': {
    ...REQUEST,
    summary: 'A certificate of the chain cannot be decoded.',
    hint: 'Look at the offset in the detail; check the container encoding of the client package.',
  },
  'android.key_description_missing': {
    ...EVIDENCE,
    action: 'reenroll',
    summary: 'The first certificate carries no KeyDescription, so it is not a key attestation.',
    hint: 'Generate the key with an attestation challenge. If a later certificate carries one, the chain was extended.',
  },
  'android.key_description_in_issuer': {
    ...EVIDENCE,
    action: 'stop',
    summary:
      'A certificate above the first carries a KeyDescription: an attested key was used to sign another certificate.',
    hint: 'Treat the chain as forged.',
  },
  'android.key_description_malformed': {
    ...REQUEST,
    summary: 'The KeyDescription cannot be decoded.',
    hint: 'Look at the offset in the detail; keep the chain and report the device model.',
  },
  'android.chain_shape_unknown': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The chain is none of the shapes that devices send: factory, remotely provisioned, software.',
    hint: 'Compare the subjects with the shapes in the detail; a longer chain was extended below an attested key.',
  },
  'android.challenge_mismatch': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The key was attested for another challenge.',
    hint: 'Check that the app passes the binding text unchanged; otherwise treat it as a replay.',
  },
  'android.app_id_missing': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The attestation does not say which app asked for the key.',
    hint: 'Attest from an app process on Android 8 or later.',
  },
  'android.package_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The attested package is none of the expected ones.',
    hint: 'Compare the package name of this build with the registered one.',
  },
  'android.signer_mismatch': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The attested package is signed by a certificate that is not expected.',
    hint: 'Register the SHA-256 digest of the signing certificate; an app store may sign with its own.',
  },
  'android.os_transient_unknown_package': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The keystore lost sight of the package manager and could not name the app.',
    hint: 'Nothing is wrong with the app: the device has to be restarted, then the key made anew.',
  },
  'android.key_mismatch': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The attested key is not the key that the request names.',
    hint: 'Sign the request with the key that was just attested, under its own alias.',
  },
  'android.root_untrusted': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The chain does not end at the public key of a trust anchor.',
    hint: 'An emulator ends at the software root, a forger at a root of his own. If Google published a new root, add it.',
  },
  'android.revoked': {
    ...EVIDENCE,
    action: 'stop',
    summary: 'The status list names a certificate of the chain.',
    hint: 'Treat the attestation key as leaked. The user needs a device update from its maker.',
  },
  'android.apps_empty': {
    ...CONFIG,
    summary: 'The list of expected apps, or the list of signing digests of one, is empty.',
    hint: 'Register the package name and its signing digests.',
  },
  'android.signer_digest_malformed': {
    ...CONFIG,
    summary: 'An expected signing digest is not a SHA-256 in lower-case hex.',
    hint: 'Write 64 digits without colons.',
  },
  'android.status_list_malformed': {
    family: 'upstream',
    class: 'evidence',
    action: 'retry',
    summary: 'The attestation status list is not in its published form.',
    hint: 'Keep the last good list and fetch again; look at the detail if it stays.',
  },
});

export type AndroidKeyCode = keyof typeof ANDROID_KEY_REASONS;

/** The device's proof does not hold. The message is the registered summary. */
export function refused(code: AndroidKeyCode, detail: Detail): EvidenceError {
  return new EvidenceError(code, ANDROID_KEY_REASONS[code].summary, detail);
}

/** The client's input is not what it must be. */
export function malformed(code: AndroidKeyCode, detail: Detail, cause?: unknown): RequestError {
  return new RequestError(code, ANDROID_KEY_REASONS[code].summary, detail, { cause });
}

/** The operator's configuration cannot be served. */
export function misconfigured(code: AndroidKeyCode, detail: Detail = {}): ConfigError {
  const { summary, hint } = ANDROID_KEY_REASONS[code];
  return new ConfigError(code, summary, { hint, ...detail });
}

import { defineReasons } from '@assay/core';

const REQUEST = { family: 'request', class: 'evidence', action: 'retry' } as const;
const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'reenroll' } as const;
const APP = { family: 'evidence', class: 'app', action: 'stop' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

const DECODING_HINT = 'Look at the inner code and offset; check that the app sends the object unchanged.';
const FORGED_HINT = 'Treat the evidence as forged; compare with the events of the same app and time.';

/** Every reason code of the App Attest verifiers. */
export const APPLE_REASONS = defineReasons({
  'apple.attestation_malformed': {
    ...REQUEST,
    summary: 'The attestation object is not one CBOR map with the expected members.',
    hint: DECODING_HINT,
  },
  'apple.authenticator_data_malformed': {
    ...REQUEST,
    summary: 'The authenticator data do not have the layout of App Attest.',
    hint: DECODING_HINT,
  },
  'apple.certificate_malformed': {
    ...REQUEST,
    summary: 'A certificate of the attestation cannot be parsed.',
    hint: DECODING_HINT,
  },
  'apple.extensions_malformed': {
    ...REQUEST,
    summary: 'Launch category or bundle version are not of the documented type.',
    hint: 'Check whether a newer system writes them in another form.',
  },
  'apple.assertion_malformed': {
    ...REQUEST,
    summary: 'The assertion object is not one CBOR map with the expected members.',
    hint: DECODING_HINT,
  },
  'apple.receipt_malformed': {
    ...REQUEST,
    summary: 'The receipt is not CMS signed data of the form that Apple uses.',
    hint: DECODING_HINT,
  },
  'apple.receipt_payload_malformed': {
    ...REQUEST,
    summary: 'A field of the receipt is missing, repeated or of another type.',
    hint: DECODING_HINT,
  },
  'apple.receipt_certificate_malformed': {
    ...REQUEST,
    summary: 'A certificate of the receipt cannot be parsed.',
    hint: DECODING_HINT,
  },
  'apple.format_unexpected': {
    ...EVIDENCE,
    summary: 'The object is an attestation of another format.',
    hint: 'Check that the app uses App Attest, not the WebAuthn format of passkeys.',
  },
  'apple.chain_length': {
    ...EVIDENCE,
    summary: 'The attestation does not carry exactly a leaf and an intermediate certificate.',
    hint: FORGED_HINT,
  },
  'apple.leaf_is_authority': {
    ...EVIDENCE,
    summary: 'The first certificate belongs to an authority.',
    hint: FORGED_HINT,
  },
  'apple.leaf_key_unexpected': {
    ...EVIDENCE,
    summary: 'The certified key is no P-256 key.',
    hint: FORGED_HINT,
  },
  'apple.nonce_missing': {
    ...EVIDENCE,
    summary: 'The leaf certificate carries no nonce.',
    hint: FORGED_HINT,
  },
  'apple.nonce_malformed': {
    ...REQUEST,
    summary: 'The nonce extension of the leaf certificate has another form than the documented one.',
    hint: 'Check whether Apple changed the extension.',
  },
  'apple.nonce_mismatch': {
    ...EVIDENCE,
    summary: 'The attestation was made for another challenge.',
    hint: 'Check that app and server hash the same bytes of the challenge.',
  },
  'apple.key_id_mismatch': {
    ...EVIDENCE,
    summary: 'The key identifier does not belong to the certified key.',
    hint: 'Check that the app sends the key identifier of the key that it attested.',
  },
  'apple.app_id_mismatch': {
    ...APP,
    summary: 'The evidence was made by another app.',
    hint: 'Compare team id (or App ID prefix) and bundle id with the registered ones.',
  },
  'apple.counter_not_zero': {
    ...EVIDENCE,
    summary: 'The attested key has been used before.',
    hint: FORGED_HINT,
  },
  'apple.aaguid_unknown': {
    ...EVIDENCE,
    summary: 'The environment is neither production nor development.',
    hint: FORGED_HINT,
  },
  'apple.credential_id_mismatch': {
    ...EVIDENCE,
    summary: 'The credential is not the certified key.',
    hint: FORGED_HINT,
  },
  'apple.public_key_mismatch': {
    ...EVIDENCE,
    summary: 'The key in the authenticator data is not the certified key.',
    hint: FORGED_HINT,
  },
  'apple.signature_invalid': {
    ...EVIDENCE,
    summary: 'The assertion was not signed by the stored key over these client data.',
    hint: 'Check that the server hashes the exact bytes that the app signed, and looks up the right key.',
  },
  'apple.counter_replayed': {
    ...EVIDENCE,
    action: 'retry',
    summary: 'The counter of the assertion is not greater than the last accepted one.',
    hint: 'Have the app send its requests one after another; many of them mean replay.',
  },
  'apple.receipt_signer_missing': {
    ...EVIDENCE,
    summary: "The signer's certificate did not come with the receipt.",
    hint: 'Check that the receipt was stored whole.',
  },
  'apple.receipt_signer_unsuitable': {
    ...EVIDENCE,
    summary: 'The receipt was signed with a certificate that is not for receipts.',
    hint: FORGED_HINT,
  },
  'apple.receipt_signature_invalid': {
    ...EVIDENCE,
    summary: 'The signature of the receipt does not verify.',
    hint: 'Treat the receipt as altered.',
  },
  'apple.receipt_digest_mismatch': {
    ...EVIDENCE,
    summary: 'The signed digest is not that of the payload.',
    hint: 'Treat the receipt as altered.',
  },
  'apple.receipt_app_id_mismatch': {
    ...APP,
    summary: 'The receipt is for another app.',
    hint: 'Compare team id (or App ID prefix) and bundle id with the registered ones.',
  },
  'apple.receipt_stale': {
    ...EVIDENCE,
    summary: 'The receipt is too old to be a new one.',
    hint: 'Ask Apple for a new receipt.',
  },
  'apple.receipt_from_future': {
    ...EVIDENCE,
    summary: 'The receipt was made later than the clock of the server says.',
    hint: "Check the server's clock.",
  },
  'apple.receipt_key_mismatch': {
    ...EVIDENCE,
    summary: 'The receipt is about another key.',
    hint: 'Check that receipt and key belong to the same device.',
  },
  'apple.app_ids_empty': {
    ...CONFIG,
    summary: 'No App ID is configured for the app.',
    hint: 'Register the app with its App ID, TEAMID.bundle.id.',
  },
  'apple.stored_key_unusable': {
    ...CONFIG,
    summary: 'The stored App Attest key is not a P-256 point.',
    hint: 'Look for damage in the store; have the device enrol again.',
  },
  'apple.stored_counter_invalid': {
    ...CONFIG,
    summary: 'The stored counter is no unsigned 32-bit number.',
    hint: 'Look for damage in the store; have the device enrol again.',
  },
});

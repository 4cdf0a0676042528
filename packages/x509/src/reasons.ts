import { defineReasons, type Reason } from '@assay/core';
import { CT_ROWS } from './ct/reasons.ts';
import { OCSP_ROWS } from './ocsp/reasons.ts';

const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'stop' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'stop' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'x509.version_invalid': {
    ...REQUEST,
    summary: 'The certificate uses fields that its version does not have, or an unknown version.',
    hint: 'Have the certificate issued as X.509 version 3.',
  },
  'x509.serial_invalid': {
    ...REQUEST,
    summary: 'The serial number is not positive, or is longer than 20 octets.',
    hint: 'Have the certificate issued again with a conforming serial number.',
  },
  'x509.algorithm_mismatch': {
    ...REQUEST,
    summary: 'The signature algorithm inside the signed part differs from the one outside it.',
    hint: 'Treat the certificate as altered.',
  },
  'x509.extension_duplicate': {
    ...REQUEST,
    summary: 'An extension occurs twice.',
    hint: 'Treat the certificate as altered or made by a faulty issuer.',
  },
  'x509.extension_malformed': {
    ...REQUEST,
    summary: 'The value of a known extension does not have the form that its definition demands.',
    hint: 'Read the detail for the clause; have the certificate issued again.',
  },
  'x509.key_malformed': {
    ...REQUEST,
    summary: 'The subject public key does not have the form that its algorithm demands.',
    hint: 'Treat the certificate as altered or made by a faulty issuer.',
  },
  'x509.signature_malformed': {
    ...REQUEST,
    summary: 'The signature value is not a string of whole octets.',
    hint: 'Treat the certificate as damaged.',
  },
  'x509.key_unsupported': {
    ...EVIDENCE,
    summary: 'The public key is of an algorithm that this runtime cannot use, or is no valid key.',
    hint: 'Look at the key algorithm in the detail; update the runtime if it is a new one.',
  },
  'x509.key_refused': {
    ...EVIDENCE,
    summary: 'The public key is of a kind or size that the profile does not allow.',
    hint: 'Have the certificate issued for a key that the profile lists.',
  },
  'x509.algorithm_refused': {
    ...EVIDENCE,
    summary: 'The signature algorithm is not on the list of the profile.',
    hint: 'Have the certificate issued with SHA-256 or better.',
  },
  'x509.signature_invalid': {
    ...EVIDENCE,
    summary: 'A signature does not verify with the key of the issuer.',
    hint: 'Treat the chain as forged or damaged.',
  },
  'x509.not_yet_valid': {
    ...EVIDENCE,
    summary: 'A certificate is not valid yet at the given time.',
    hint: 'Compare the clock with the notBefore date in the detail.',
  },
  'x509.expired': {
    ...EVIDENCE,
    summary: 'A certificate is not valid any more at the given time.',
    hint: 'Compare the clock with the notAfter date in the detail; have the certificate renewed.',
  },
  'x509.chain_empty': {
    ...EVIDENCE,
    summary: 'No certificate was presented.',
    hint: 'Send the certificate chain, leaf first.',
  },
  'x509.untrusted': {
    ...EVIDENCE,
    summary: 'No path leads to a trust anchor.',
    hint: 'Check that every intermediate is presented and that the anchor is configured.',
  },
  'x509.issuer_mismatch': {
    ...EVIDENCE,
    summary: 'The issuer name of a certificate is not the subject name of the next one.',
    hint: 'Send the chain leaf first, every certificate followed by its issuer.',
  },
  'x509.not_a_ca': {
    ...EVIDENCE,
    summary: 'A certificate that signed another one is not a certification authority.',
    hint: 'Treat the chain as forged: an end-entity key was used to issue.',
  },
  'x509.key_usage': {
    ...EVIDENCE,
    summary: 'The key usage extension does not allow what the key was used for.',
    hint: 'Have the certificate issued with the right key usage.',
  },
  'x509.purpose_mismatch': {
    ...EVIDENCE,
    summary: 'The extended key usage does not include the purpose at hand.',
    hint: 'Have the certificate issued for this purpose.',
  },
  'x509.path_too_long': {
    ...EVIDENCE,
    summary: 'The path has more intermediates than a path length constraint or the profile allows.',
    hint: 'Treat the chain as forged when a path length constraint is violated.',
  },
  'x509.critical_extension_unknown': {
    ...EVIDENCE,
    summary: 'A critical extension is not processed by this validator.',
    hint: 'Look at the extension in the detail.',
  },
  'x509.profile_violation': {
    ...EVIDENCE,
    summary: 'A certificate breaks a rule of RFC 5280 or of the Baseline Requirements.',
    hint: 'Read the clause in the detail; have the certificate issued again.',
  },
  'x509.name_mismatch': {
    ...EVIDENCE,
    summary: 'The certificate is not for the name that was expected.',
    hint: 'Compare the expected name with the subject alternative names.',
  },
  'x509.name_constraint_violated': {
    ...EVIDENCE,
    summary: 'A name lies outside the name space that an issuer may certify.',
    hint: 'Treat the chain as misissued.',
  },
  'x509.name_constraint_unsupported': {
    ...EVIDENCE,
    summary: 'An issuer constrains a form of name that this validator cannot compare.',
    hint: 'Use an issuer that constrains DNS names, addresses, mailboxes or directory names.',
  },
  'x509.revoked': {
    ...EVIDENCE,
    summary: 'A certificate is revoked.',
    hint: 'Stop trusting the certificate; have another one issued.',
  },
  'x509.revocation_unknown': {
    ...EVIDENCE,
    summary: 'No current revocation list of the issuer was handed in.',
    hint: 'Fetch the current list of every issuer on the path.',
  },
  'x509.crl_invalid': {
    ...EVIDENCE,
    summary: 'A revocation list of the issuer cannot be relied on.',
    hint: 'Read the clause in the detail; fetch the list again.',
  },
  'x509.budget_exhausted': {
    ...EVIDENCE,
    summary: 'The search for a path, or the comparison of names, needed more work than one chain is worth.',
    hint: 'Treat the chain as hostile.',
  },
  'x509.anchors_empty': {
    ...CONFIG,
    summary: 'No trust anchor is configured.',
    hint: 'Configure at least one trust anchor.',
  },
  'x509.anchor_not_genuine': {
    ...CONFIG,
    summary: 'A trust anchor is not the certificate that its record names, or does not verify with its own key.',
    hint: 'Fetch the anchor from its source again and compare the SHA-256 digest.',
  },
  'x509.pins_empty': {
    ...CONFIG,
    summary: 'The list of pins is empty.',
    hint: 'Configure at least one pin and one backup pin.',
  },
  'x509.pin_malformed': {
    ...CONFIG,
    summary: 'A pin is not the base64 form of a SHA-256 digest.',
    hint: 'Write the pin as base64 of the SHA-256 of the SubjectPublicKeyInfo.',
  },
  'x509.peer_name_missing': {
    ...CONFIG,
    summary: 'The profile demands an expected name and none was given.',
    hint: 'Pass the host name or address that was meant to be reached.',
  },
  'x509.peer_name_invalid': {
    ...CONFIG,
    summary: 'The expected name is not a host name, an address or a mailbox.',
    hint: 'Pass a host name in its ASCII form, an IP address, or a mailbox.',
  },
  ...CT_ROWS,
  ...OCSP_ROWS,
} as const;

export type X509Code = keyof typeof ROWS;

/** Every reason code of this package. `request` codes are decoding faults, `config` codes are the operator's. */
export const X509_REASONS: Readonly<Record<X509Code, Reason>> = defineReasons(ROWS);

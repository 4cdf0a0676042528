const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'stop' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'stop' } as const;

/** Reason codes of OCSP. */
export const OCSP_ROWS = {
  'ocsp.response_malformed': {
    ...REQUEST,
    summary: 'The OCSP response does not have the form of RFC 6960.',
    hint: 'Treat the response as damaged; ask the responder again.',
  },
  'ocsp.response_unsuccessful': {
    ...EVIDENCE,
    summary: 'The responder gave no status: it answered with an error.',
    hint: 'Read the error in the detail; ask again later.',
  },
  'ocsp.certid_mismatch': {
    ...EVIDENCE,
    summary: 'The OCSP response is not about this certificate.',
    hint: 'Ask for the status of this certificate of this issuer.',
  },
  'ocsp.critical_extension_unknown': {
    ...EVIDENCE,
    summary: 'The OCSP response has a critical extension that is not processed here.',
    hint: 'Look at the extension in the detail.',
  },
  'ocsp.responder_not_authorised': {
    ...EVIDENCE,
    summary:
      "The signer of the OCSP response is neither the certificate's issuer nor a responder that the issuer appointed.",
    hint: 'Treat the response as forged.',
  },
  'ocsp.signature_invalid': {
    ...EVIDENCE,
    summary: 'The responder did not sign this OCSP response.',
    hint: 'Treat the response as forged or damaged.',
  },
  'ocsp.not_yet_valid': {
    ...EVIDENCE,
    summary: 'The status is said to hold from a time that is still to come.',
    hint: 'Compare the clock with thisUpdate in the detail.',
  },
  'ocsp.stale': {
    ...EVIDENCE,
    summary: 'The status is too old: newer information must exist, or nobody says until when it holds.',
    hint: 'Fetch a new response; compare the clock with the times in the detail.',
  },
} as const;

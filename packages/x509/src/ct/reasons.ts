const EVIDENCE = { family: 'evidence', class: 'evidence', action: 'stop' } as const;
const REQUEST = { family: 'request', class: 'evidence', action: 'stop' } as const;
const CONFIG = { family: 'config', class: 'evidence', action: 'retry' } as const;
const POLICY = { family: 'policy', class: 'evidence', action: 'stop' } as const;

/** Reason codes of Certificate Transparency. `evidence` and `policy` codes are outcomes: they are returned, not thrown. */
export const CT_ROWS = {
  'ct.list_malformed': {
    ...REQUEST,
    summary: 'The list of signed certificate timestamps does not have the form of RFC 6962.',
    hint: 'Treat the list as damaged or made by a faulty issuer.',
  },
  'ct.sct_malformed': {
    ...REQUEST,
    summary: 'A signed certificate timestamp does not have the form of RFC 6962.',
    hint: 'Treat the timestamp as damaged or made by a faulty log.',
  },
  'ct.version_unsupported': {
    ...EVIDENCE,
    summary: 'The signed certificate timestamp is of a version other than v1.',
    hint: 'Rely on the other timestamps of the certificate.',
  },
  'ct.poisoned': {
    ...EVIDENCE,
    summary:
      'The certificate carries the poison extension: it is a precertificate, made for logs and never for servers.',
    hint: 'Treat whoever presents it as hostile or misconfigured.',
  },
  'ct.issuer_missing': {
    ...EVIDENCE,
    summary: "The issuer's certificate, whose key the timestamp covers, was not handed in.",
    hint: 'Pass the next certificate of the validated path.',
  },
  'ct.log_unknown': {
    ...EVIDENCE,
    summary: 'The signed certificate timestamp is from no log of the list.',
    hint: 'Compare the log id with a current list of logs.',
  },
  'ct.algorithm_refused': {
    ...EVIDENCE,
    summary:
      'The signed certificate timestamp names another algorithm than SHA-256 with the kind of key that the log has.',
    hint: 'Treat the timestamp as forged or damaged.',
  },
  'ct.signature_invalid': {
    ...EVIDENCE,
    summary: 'The log did not sign this timestamp for this certificate.',
    hint: 'Treat the timestamp as forged, or as made for another certificate.',
  },
  'ct.timestamp_in_future': {
    ...EVIDENCE,
    summary: 'The signed certificate timestamp is later than the given time.',
    hint: 'Compare the clock with the time stamp.',
  },
  'ct.logs_empty': {
    ...CONFIG,
    summary: 'The list of logs is empty.',
    hint: 'Configure a current list of logs.',
  },
  'ct.log_list_malformed': {
    ...CONFIG,
    summary: 'The list of logs does not have the form that its publisher documents.',
    hint: 'Read the place in the detail; fetch the list again.',
  },
  'ct.log_list_not_genuine': {
    ...CONFIG,
    summary: "The list of logs does not verify with its publisher's key.",
    hint: 'Fetch the list and its signature again, both of the same version.',
  },
  'ct.policy_lifetime': {
    ...POLICY,
    summary: 'The policy has no rule for certificates of such a lifetime.',
    hint: 'Have a certificate issued with a shorter lifetime.',
  },
  'ct.policy_count': {
    ...POLICY,
    summary: 'Too few logs of the admitted states vouch for the certificate.',
    hint: 'Have the certificate issued with timestamps of more logs.',
  },
  'ct.policy_current': {
    ...POLICY,
    summary: 'Too few of the timestamps are from logs that are approved at the time of the check.',
    hint: 'Have the certificate issued again: its logs were retired or rejected.',
  },
  'ct.policy_delivered': {
    ...POLICY,
    summary: 'No timestamp came with the handshake or with an OCSP response.',
    hint: 'Deliver a timestamp by TLS extension or by OCSP stapling, or embed enough of them.',
  },
  'ct.policy_operators': {
    ...POLICY,
    summary: 'The timestamps are from logs of too few operators.',
    hint: 'Have the certificate issued with timestamps of logs of different operators.',
  },
  'ct.policy_rfc6962': {
    ...POLICY,
    summary: 'None of the timestamps is from a log of the kind that RFC 6962 describes.',
    hint: 'Have the certificate issued with the timestamp of at least one RFC 6962 log.',
  },
} as const;

/** What validateChain may stop a vendor's fixed chain with: no names, purposes or revocation lists are asked for there. */
export const PATH_CODES: readonly string[] = [
  'x509.algorithm_refused',
  'x509.budget_exhausted',
  'x509.critical_extension_unknown',
  'x509.expired',
  'x509.issuer_mismatch',
  'x509.key_refused',
  'x509.key_unsupported',
  'x509.key_usage',
  'x509.name_constraint_unsupported',
  'x509.name_constraint_violated',
  'x509.not_a_ca',
  'x509.not_yet_valid',
  'x509.path_too_long',
  'x509.signature_invalid',
  'x509.untrusted',
];

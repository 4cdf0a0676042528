import type { CheckStep } from '@assay/core';
import { ANDROID_TOLERANCES, validateChain } from '@assay/x509';
import { CLAUSE } from '../clauses.ts';
import type { KeyAttestationState } from '../state.ts';

/** What validateChain may stop a fixed chain with: no names, purposes or revocation lists are asked for here. */
const PATH_CODES: readonly string[] = [
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

/**
 * Stops forged and outdated certificates: names, key sizes, algorithms, dates, and last the signatures, from the anchor down.
 * Dates follow the provisioning: never the leaf's, which the app chooses; of factory issuers only the beginning, because
 * devices keep them for life; of remotely provisioned issuers both ends, because they are renewed within weeks.
 */
export const path: CheckStep<KeyAttestationState> = {
  id: 'android-key.path',
  clause: CLAUSE.path,
  proves: 'every certificate was signed by the next one, and the last by the anchor, within the dates of the profile',
  codes: PATH_CODES,
  run({ certificates, shape, context, memory, anchor }) {
    const { path, profile } = shape.value;
    const anchors = [anchor.value];
    validateChain({ chain: path, anchors, at: context.at, profile, memory: memory.signatures });
    for (const issuer of certificates.value.slice(1)) memory.issuers.add(issuer, ANDROID_TOLERANCES);
    return profile.id;
  },
};

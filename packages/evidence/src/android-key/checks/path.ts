import type { CheckStep } from '@assay/core';
import { ANDROID_TOLERANCES, validateChain } from '@assay/x509';
import { PATH_CODES } from '../../shared/path-codes.ts';
import { CLAUSE } from '../clauses.ts';
import type { KeyAttestationState } from '../state.ts';

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
  run({ certificates, shape, context, memory, candidates, anchor }) {
    const { path, profile, own } = shape.value;
    const chain = { chain: path, anchors: candidates.value, at: context.at, profile, memory: memory.signatures, own };
    anchor.value = validateChain(chain).anchor;
    for (const issuer of certificates.value.slice(own)) memory.issuers.add(issuer, ANDROID_TOLERANCES);
    return profile.id;
  },
};

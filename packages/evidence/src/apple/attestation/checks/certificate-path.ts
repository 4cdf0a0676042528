import { type CheckStep, EvidenceError } from '@assay/core';
import { APPLE, type Certificate, validateChain } from '@assay/x509';
import { PATH_CODES } from '../../../shared/path-codes.ts';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('1');

/** Stops self-made chains, also those that carry Apple's names, and chains outside their validity. */
export const certificatePath: CheckStep<AttestationState> = {
  id: 'apple.attestation.certificate_path',
  clause,
  proves: 'the leaf was issued by an intermediate that the App Attestation root signed, all valid at this time',
  codes: ['apple.leaf_is_authority', ...PATH_CODES],
  run(state) {
    const { leaf, intermediate } = state.certificates.value;
    assertNoAuthority(leaf);
    const { trust, at } = state.context;
    const path = validateChain({
      chain: [leaf, intermediate],
      anchors: trust.attestation,
      at,
      profile: APPLE,
      memory: state.memory.signatures,
    });
    state.memory.issuers.add(intermediate);
    state.path.value = path;
    return `path to ${path.anchor.id}`;
  },
};

/** An authority in the place of the leaf is a chain that was cut short or turned round. */
function assertNoAuthority({ basicConstraints }: Certificate): void {
  if (basicConstraints?.ca !== true) return;
  throw new EvidenceError('apple.leaf_is_authority', 'the first certificate is that of an authority, not of a key', {
    clause,
  });
}
